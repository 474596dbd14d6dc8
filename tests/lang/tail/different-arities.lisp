(define (f n) (if (= n 0) 'f (g n 1 2 3 4 5 6 7)))
(define (g n a b c d e x y) (if (= n 0) 'g (h (- n 1) a)))
(define (h n a) (if (= n 0) (list 'h a) (f (- n 1))))
(println (f 300000) (f 300001)) ; expect: f (h 1)
