(subvector <<1 2 3>> 0 100000000000000000000) ; expect error: subvector: range 0 to 100000000000000000000 out of bounds
