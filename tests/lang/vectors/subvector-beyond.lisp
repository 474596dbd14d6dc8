(subvector (vector "a" 'b) 0 3) ; expect error: subvector: range 0 to 3 out of bounds for length 2
