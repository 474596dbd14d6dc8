(vector-ref <<1 2>> 100000000000000000000) ; expect error: vector-ref
