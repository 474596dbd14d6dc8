(define (nest n acc) (if (= n 0) acc (nest (- n 1) (list acc))))
(define (unnest x n) (if (nil? x) n (unnest (car x) (+ n 1))))
(println (unnest (nest 1000000 nil) 0)) ; expect: 1000000
