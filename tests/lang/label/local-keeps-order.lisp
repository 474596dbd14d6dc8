(define (say x) (println x) x)
(define (f) (list (say 1) (label k (say 2)) (say 3) k))
(println (f)) ; expect: 1
; expect: 2
; expect: 3
; expect: (1 2 3 2)
