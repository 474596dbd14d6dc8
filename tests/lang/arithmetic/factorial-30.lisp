(define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
(println (factorial 30)) ; expect: 265252859812191058636308480000000
(println (/ (factorial 300) (factorial 298))) ; expect: 89700
