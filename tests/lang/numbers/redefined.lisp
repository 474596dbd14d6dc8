(define (max a b) (list a b))
(println (max 1 2) (min 1 2)) ; expect: (1 2) 1
(define (twice f x) (f (f x)))
(println (twice sqrt 16) (twice abs -1/2) (apply gcd '(8 12))) ; expect: 2 1/2 4
