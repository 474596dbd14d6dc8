(vector-ref <<1 2>> 2) ; expect error: out of bounds
