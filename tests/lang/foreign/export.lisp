; in a program that is no library, foreign-export only looks whether the names are functions
(define (twice x) (* 2 x))
(foreign-export (twice (double) double))
(println (twice 4)) ; expect: 8
(define number 5)
(foreign-export (number () int)) ; expect error: foreign-export: expected a function, got 5
