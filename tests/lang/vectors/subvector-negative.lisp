(subvector <<1 2 3>> -1 1) ; expect error: subvector: range -1 to 1 out of bounds for length 3
