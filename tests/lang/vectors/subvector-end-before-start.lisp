(subvector <<1 2 3>> 2 1) ; expect error: subvector: range 2 to 1 out of bounds for length 3
