(%assoc <<1 2>> "0" 0) ; expect error: %assoc: expected an integer index, got "0"
