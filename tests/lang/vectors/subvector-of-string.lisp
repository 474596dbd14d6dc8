(subvector "abc" 0 1) ; expect error: subvector: expected a vector, got "abc"
