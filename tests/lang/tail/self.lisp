(define (down n) (if (= n 0) 'landed (down (- n 1))))
(println (down 1000000)) ; expect: landed
