; Until its definition runs the name means the library's function, and a definition may use that.
(define old-map map)
(println (map - '(1 2))) ; expect: (-1 -2)
(define (map f xs) (old-map (lambda (x) (list (f x))) xs))
(println (map - '(1 2))) ; expect: ((-1) (-2))
(println (old-map - '(1 2))) ; expect: (-1 -2)
