(define (range a b) (if (= a b) nil (cons a (range (+ a 1) b))))
(println (length (range 0 1000000))) ; expect: 1000000
