(vector-for-each t <<>>) ; expect error: vector-for-each: expected a function, got t
