(define (hanoi n) (if (= n 0) 0 (+ 1 (* 2 (hanoi (- n 1))))))
(println (hanoi 70)) ; expect: 1180591620717411303423
