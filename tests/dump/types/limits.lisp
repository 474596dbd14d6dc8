; Ranges that grow stop at what they are compared with or divided by: numbers of a generator, and an inner loop that starts with the outer
; one's counter, each in a loop of several parameters.
(define (next s) (remainder (+ (* s 1103515245) 12345) 2147483648))
(define (fill n)
  (let loop ((i 0) (s 42) (v (make-vector n 0)))
    (if (= i n) v (loop (+ i 1) (next s) (vector-set v i (remainder s 100))))))
(define (pairs v n)
  (let outer ((i 0) (sum 0))
    (if (= i n)
        sum
        (outer (+ i 1)
               (let inner ((j (+ i 1)) (sum sum))
                 (if (= j n) sum (inner (+ j 1) (max sum (+ (vector-ref v j) (vector-ref v i))))))))))
(println (pairs (fill 700) 700))
