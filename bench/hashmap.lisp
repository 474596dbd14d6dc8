; A map of a million numbers, filled, and asked for two million keys; three times.
(define size 1000000)

(define (key i) (remainder (* i 2654435761) 4294967296))

(define (fill r)
  (do ((i 0 (+ i 1))
       (m {} (assoc m (key i) (+ i r))))
      ((= i size) m)))

(define (look-up m)
  (do ((i 0 (+ i 1))
       (sum 0 (+ sum (get m (key i) 1))))
      ((= i (* 2 size)) sum)))

(println (reduce + 0 (map (lambda (r) (look-up (fill r))) (range 3))))
