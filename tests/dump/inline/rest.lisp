; Further arguments whose list is made at the call: what depends on their number goes away, for each call of the function.
(define (total f x . more)
  (cond ((nil? more) (f x))
        ((nil? (cdr more)) (+ (f x) (f (car more))))
        (t (+ (f x) (apply + (map f more))))))
(define (one x) (total abs x))
(define (two x y) (total abs x y))
(define (any x l) (apply total abs x l))
(println (one -1) (two -2 3) (any 1 (list 2 3)))
