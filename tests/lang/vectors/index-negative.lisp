(vector-ref <<1 2>> -1) ; expect error: out of bounds
