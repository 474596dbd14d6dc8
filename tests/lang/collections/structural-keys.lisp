(define m (%hash-map '(1 2) 'list <<1 2>> 'vector "s" 'string 's 'symbol {:a 1} 'map))
(println (%get m (list 1 2)) (%get m (vector 1 2)) (%get m "s") (%get m 's) (%get m {:a 1})) ; expect: list vector string symbol map
