; A vector of a list whose length is known from a counter is filled at once; vectors of numbers and strings are walked by index.
(define (squares n) (list->vector (map (lambda (x) (* x x)) (range n))))
(define (down n) (if (< n 0) nil (cons n (down (- n 1)))))
(define (countdown n) (list->vector (down n)))
(define (evens n) (list->vector (filter (lambda (x) (= 0 (remainder x 2))) (range n)))) ; of unknown length
(define (total v) (reduce + 0 v))
(define (spaces s) (length (filter (lambda (c) (string=? c " ")) (string->list s))))
(define n (string->number "5"))
(println (squares n) (countdown 7) (evens n) (total (vector 1 2 3)) (spaces "a b c"))
