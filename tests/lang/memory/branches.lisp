(define (f flag a b) (if flag (list a a) (list b)))
(println (f t '(1) '(2)) (f nil '(1) '(2))) ; expect: ((1) (1)) ((2))
(define (g flag a b) (if flag a (if (nil? b) a (list b b))))
(println (g nil (list 1) (list 2)) (g nil (list 1) nil) (g t (list 1) (list 2))) ; expect: ((2) (2)) (1) (1)
