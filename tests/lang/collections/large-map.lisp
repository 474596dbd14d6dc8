(define (fill m n) (if (= n 0) m (fill (%assoc m n (+ n n)) (- n 1))))
(define (clear m n) (if (= n 0) m (clear (%dissoc m n) (- n 1))))
(define (total m n acc) (if (= n 0) acc (total m (- n 1) (+ acc (%get m n)))))
(define m (fill {} 50000))
(println (%count m) (total m 50000 0) (clear m 50000)) ; expect: 50000 2500050000 {}
