; The functions called by the library call others: that does not change the place of a later error.
(define (apply-to f x) (f x))
(define (check x) (if (cons? x) (apply-to car x) (%first x)))
(define (last-one f) (map f '((1) 2 3)))
(println (last-one check)) ; expect: (1 nil nil)
(reduce (lambda (acc) acc) 0 '(1)) ; expect error: expected 1 argument, got 2
