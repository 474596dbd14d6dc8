; In the copy of the loop for an int s the counter still never passes its limit; a mask makes an int of any integer.
(define (run n)
  (let loop ((i 0) (s 1))
    (if (= i 1000000)
        s
        (loop (+ i 1) (bitwise-and (* s n i) 65535)))))
(println (run 3))
