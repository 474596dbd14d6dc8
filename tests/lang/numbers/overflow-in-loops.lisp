; Loops over ints that leave 64 bits on the way, at every limit, and go on exactly.
(define (sum-from start n) (let loop ((i 0) (s start)) (if (= i n) s (loop (+ i 1) (+ s i)))))
(println (sum-from 9223372036854775800 5))
(println (sum-from 9223372036854775797 5))
(println (sum-from 9223372036854775798 5))
(println (sum-from -9223372036854775808 3))
(define (down-from start n) (let loop ((i 0) (s start)) (if (= i n) s (loop (+ i 1) (- s 1)))))
(println (down-from -9223372036854775807 1) (down-from -9223372036854775807 2) (down-from -9223372036854775807 5))
(define (powers base n) (do ((i 0 (+ i 1)) (p 1 (* p base))) ((= i n) p)))
(println (powers 2 62) (powers 2 63) (powers 2 64) (powers -2 63) (powers -2 65) (powers 10 30))
; beyond, and back again
(define (there-and-back n) (let loop ((i 0) (x 9223372036854775806) (step 1)) (cond ((= i n) x) ((= i 4) (loop (+ i 1) x -1)) (t (loop (+ i 1) (+ x step) step)))))
(println (there-and-back 4) (there-and-back 5) (there-and-back 9) (there-and-back 12))
(define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
(println (factorial 20) (factorial 21) (factorial 25))
; a counter that passes the limit
(define (count-past n) (let loop ((i n) (k 0)) (if (= k 3) i (loop (+ i 1) (+ k 1)))))
(println (count-past 9223372036854775804) (count-past 9223372036854775805) (count-past 9223372036854775806))
; negation, absolute value, quotient at the least int
(define (least n) (let loop ((i 0) (x 0)) (if (= i n) x (loop (+ i 1) (if (= i 0) -9223372036854775808 (- x))))))
(println (least 1) (least 2) (least 3))
(define (halves n d) (let loop ((i 0) (x -9223372036854775808)) (if (= i n) x (loop (+ i 1) (quotient x d)))))
(println (halves 1 -1) (halves 2 -1) (halves 3 2) (abs (halves 0 1)) (remainder (halves 0 1) -1) (modulo (halves 0 1) -1))
; expect: 9223372036854775810
; expect: 9223372036854775807
; expect: 9223372036854775808
; expect: -9223372036854775805
; expect: -9223372036854775808 -9223372036854775809 -9223372036854775812
; expect: 4611686018427387904 9223372036854775808 18446744073709551616 -9223372036854775808 -36893488147419103232 1000000000000000000000000000000
; expect: 9223372036854775810 9223372036854775810 9223372036854775806 9223372036854775803
; expect: 2432902008176640000 51090942171709440000 15511210043330985984000000
; expect: 9223372036854775807 9223372036854775808 9223372036854775809
; expect: -9223372036854775808 9223372036854775808 -9223372036854775808
; expect: 9223372036854775808 -9223372036854775808 -1152921504606846976 9223372036854775808 0 0
