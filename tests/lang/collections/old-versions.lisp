(define (fill m n) (if (= n 0) m (fill (%assoc m n (* n n)) (- n 1))))
(define base (fill {} 100))
(define larger (fill base 200))
(define smaller (%dissoc base 1 2 3))
(println (%count base) (%count larger) (%count smaller)) ; expect: 100 200 97
(println (%get base 150) (%get larger 150) (%get smaller 2) (%get base 2)) ; expect: nil 22500 nil 4
