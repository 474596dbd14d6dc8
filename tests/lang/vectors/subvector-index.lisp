(subvector <<1 2 3>> 0 'end) ; expect error: subvector: expected an integer index, got end
