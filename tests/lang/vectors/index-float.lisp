(vector-ref <<1 2>> 1.0) ; expect error: vector-ref: expected an integer
