; In the copy of the loop for an int s the counter still never passes its limit; a mask makes an int of any integer.
; options: -fno-unroll
(define (run n)
  (let loop ((i 0) (s 1))
    (if (= i 1000000)
        s
        (loop (+ i 1) (bitwise-and (* s n i) 65535)))))
(println (run 3))
; The generic copy is entered with i + 1 where i is not n: the bound of its counter holds, too, and what it passes to `inner` is an int.
(define (inner j m left row)
  (if (= j m) row (let ((x (+ left (vector-ref row j)))) (inner (+ j 1) m x (vector-set row j x)))))
(define (outer i n m row) (if (= i n) row (outer (+ i 1) n m (inner 0 m i row))))
(println (outer 0 (length (command-line)) 3 (list->vector (range 3))))
