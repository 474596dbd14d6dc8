(vector-for-each println) ; expect error: vector-for-each: expected 2 arguments, got 1
