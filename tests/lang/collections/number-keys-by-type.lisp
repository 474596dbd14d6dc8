(define m (%hash-map 1 'int 1.0 'float 1/2 'ratio 0.5 'half 100000000000000000000 'big))
(println (%count m) (%get m 1) (%get m 1.0) (%get m 1/2) (%get m 0.5) (%get m (* 10000000000 10000000000))) ; expect: 5 int float ratio half big
(println (%get {0.0 'zero} -0.0)) ; expect: zero
