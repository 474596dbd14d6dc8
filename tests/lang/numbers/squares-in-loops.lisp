; A test of a square says between which ints its root is, also where it is a bigint, float or ratio.
(define (prime? n) (let loop ((d 2)) (cond ((> (* d d) n) t) ((= 0 (remainder n d)) nil) (t (loop (+ d 1))))))
(println (prime? 97) (prime? 91) (prime? 9409) (prime? 1000003))
; expect: t nil nil t
(define (last-below n d) (if (< (* d d) n) (last-below n (* d 3)) d))
(println (last-below 9223372036854775807 1) (last-below 9223372036854775808 1) (last-below 10.5 0.7) (last-below 2 1/3))
; expect: 3486784401 3486784401 6.299999999999999 3
(define (root x n) (if (<= (* x x) n) x (if (= (* x x) n) 'same 'more)))
(define (roots xs n) (if xs (cons (root (car xs) n) (roots (cdr xs) n)) nil))
(println (roots '(3 -3 4 3.5 7/2 -1.5 9223372036854775808 -9223372036854775808 1e300) 12))
; expect: (3 -3 more more more -1.5 more more more)
(println (roots '(0 1 -1 1/2 0.5) 0) (roots '(0 1 -1) -1) (roots '(3037000499 3037000500 -3037000500) 9223372036854775807))
; expect: (0 more more more more) (more more more) (3037000499 more more)
(define (mark v j step n) (if (>= n j) (mark (vector-set v j (+ 1 (vector-ref v j))) (+ j step) step n) v))
(define (sieve v i n) (if (<= (* i i) n) (sieve (mark v (* i i) i n) (+ i 1) n) v))
(println (sieve (make-vector 31 0) 2 30))
; expect: <<0 0 0 0 1 0 1 0 1 1 1 0 2 0 1 1 2 0 2 0 2 1 1 0 3 1 1 1 2 0 3>>
(println (try (sieve (make-vector 3 0) 'a 30) (catch (e) (error-message e))))
; expect: *: expected a number, got a
