; A function that gives itself a new function each time is not copied for it: the copy would do the same.  It is for one from elsewhere.
(define (append-to a b k) (if (nil? a) (k b) (append-to (cdr a) b (lambda (rest) (k (cons (car a) rest))))))
(println (append-to (list 1 2) (list 3) (lambda (l) (cons 0 l))))
