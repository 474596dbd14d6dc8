(define (make-adder n) (lambda (x) (+ x n)))
(define add-10 (make-adder 10))
(println (add-10 5) ((make-adder 1) 2)) ; expect: 15 3
