; Counts that are known to be few, or not known at all, to both sides; what no longer fits is a bigint.
(define (shifts n from to)
  (if (> from to) nil (cons (arithmetic-shift n from) (shifts n (+ from 1) to))))
(println (shifts 1 60 66) (shifts -1 61 65))
; expect: (1152921504606846976 2305843009213693952 4611686018427387904 9223372036854775808 18446744073709551616 36893488147419103232 73786976294838206464) (-2305843009213693952 -4611686018427387904 -9223372036854775808 -18446744073709551616 -36893488147419103232)
(println (shifts 5 -3 3) (shifts -5 -66 -61) (shifts 0 62 65))
; expect: (0 1 2 5 10 20 40) (-1 -1 -1 -1 -1 -1) (0 0 0 0)
(define (bits v i) (if (= i (vector-length v)) nil (cons (bitwise-and 255 (arithmetic-shift (vector-ref v i) (- 2 i))) (bits v (+ i 1)))))
(println (bits (vector 1 2 3 400 5 -6 70) 0))
; expect: (4 4 3 200 1 255 4)
(define (each f xs) (if xs (cons (f (car xs)) (each f (cdr xs))) nil))
(define (by k) (lambda (n) (arithmetic-shift n k)))
(define numbers '(0 1 -1 9223372036854775807 -9223372036854775808 9223372036854775808 -36893488147419103232))
(println (each (by 1) numbers))
; expect: (0 2 -2 18446744073709551614 -18446744073709551616 18446744073709551616 -73786976294838206464)
(println (each (by -62) numbers) (each (by -64) numbers) (each (by -9223372036854775807) numbers))
; expect: (0 0 -1 1 -2 2 -8) (0 0 -1 0 -1 0 -2) (0 0 -1 0 -1 0 -1)
(println (each (by 63) '(0 1 -1)) (arithmetic-shift 0 9223372036854775807))
; expect: (0 9223372036854775808 -9223372036854775808) 0
(define (few n k) (arithmetic-shift (remainder n 1000) (- (remainder k 63) 31)))
(println (few 999 62) (few -999 62) (few 999 0) (few -999 0) (few 999 32))
; expect: 2145336164352 -2145336164352 0 -1 1998
(println (try (arithmetic-shift 1 (vector-ref (vector 1 2.5) 1)) (catch (e) (error-message e))))
; expect: arithmetic-shift: expected an integer, got 2.5
