(vector-sort <<1>> 2) ; expect error: vector-sort: expected a function, got 2
