; Sums in loops of which the types tell how large they become, and sums that leave 64 bits.
(define (sum-mod v m n) (do ((i 0 (+ i 1)) (s 0 (+ s (remainder (vector-ref v i) m)))) ((= i n) s)))
(println (sum-mod (vector 5 -7 (expt 10 20)) 10 3) (sum-mod (vector -5 -7) 4611686018427387904 2)) ; expect: -2 -12
(define (sum-large n step) (do ((i 0 (+ i 1)) (s 0 (+ s (quotient step 1)))) ((= i n) s)))
(println (sum-large 4 4611686018427387904) (sum-large 3 -4611686018427387904) (sum-large 2 1/1)) ; expect: 18446744073709551616 -13835058055282163712 2
(define (twice n) (do ((i 0 (+ i 1)) (s 1 (+ s s))) ((= i n) s)))
(println (twice 61) (twice 64))                                                  ; expect: 2305843009213693952 18446744073709551616
(define (chained n k) (do ((i 0 (+ i 1)) (s 0 (+ s (remainder k 1000) i (- (remainder i 3)) 1))) ((= i n) s)))
(println (chained 10 999) (chained 0 1))                                          ; expect: 10036 0
(define (squares n) (do ((i 0 (+ i 1)) (s 0 (+ s (* i i)))) ((= i n) s)))
(println (squares 1000) (squares 3))                                              ; expect: 332833500 5
(define (nested n) (let outer ((i 0) (s 0)) (if (= i n) s (outer (+ i 1) (let inner ((j 0) (s s)) (if (= j n) s (inner (+ j 1) (+ s (* 4611686018427387 (remainder j 2))))))))))
(println (nested 3) (nested 100))                                                 ; expect: 13835058055282161 23058430092136935000
(define (restarted v k) (let loop ((i 0) (s 0) (most 0)) (if (= i (vector-length v)) (max s most) (if (vector-ref v i) (loop (+ i 1) (+ s k) most) (loop (+ i 1) -5 (max s most))))))
(println (restarted (vector t t nil t) 2) (restarted (vector nil t t) 9000000000000000000)) ; expect: 4 17999999999999999995
(define (either n) (do ((i n (- i 1)) (s 0 (if (= 0 (remainder i 2)) (- s (remainder i 7)) (+ (remainder i 5) s)))) ((= i 0) s)))
(println (either 10) (either 1001))                                               ; expect: -6 -502
(define (codes xs) (let loop ((xs xs) (s 0) (n 0)) (if xs (loop (cdr xs) (+ s (char->integer (car xs))) (+ n 1)) (list s n))))
(println (codes (string->list "aé€")) (codes nil))                                ; expect: (8694 3) (0 0)
(define (floats n) (do ((i 0 (+ i 1)) (s 0 (+ s (if (= i 2) 0.5 1)))) ((= i n) s)))
(println (floats 2) (floats 4))                                                   ; expect: 2 3.5
(define (up n by) (let loop ((i 0) (s 0)) (if (>= i n) s (loop (+ i by) (+ s (remainder i 10))))))
(println (up 10 3) (up 1 1) (up 100 100))                                         ; expect: 18 0 0
