; Roots, squares and divisors where the types of operands are known.
(define (roots n) (map (lambda (i) (sqrt i)) n))
(println (roots '(0 1 2 4 15 16 9223372036854775807 9223372030926249001 9223372030926249000 -4))) ; expect: (0 1 1.4142135623730951 2 3.872983346207417 4 3037000499.97605 3037000499 3037000499.0 +nan.0)
(define (r i) (let ((n (- (length (list i)) 1 (- i)))) (list (sqrt n) (floor (sqrt n)) (ceiling (sqrt n)) (exact (floor (sqrt n))) (round (sqrt n)) (truncate (sqrt n)) (inexact (sqrt n)) (< (sqrt n) 3) (= (sqrt n) 3) (>= 2.5 (sqrt n)))))
(println (map r '(0 2 9 10 6 8))) ; expect: ((0 0 0 0 0 0 0.0 t nil t) (1.4142135623730951 1.0 2.0 1 1.0 1.0 1.4142135623730951 t nil t) (3 3 3 3 3 3 3.0 nil t nil) (3.1622776601683795 3.0 4.0 3 3.0 3.0 3.1622776601683795 nil nil nil) (2.449489742783178 2.0 3.0 2 2.0 2.0 2.449489742783178 t nil t) (2.8284271247461903 2.0 3.0 2 3.0 2.0 2.8284271247461903 t nil nil))
(define (err f) (try (f) (catch (e) (error-message e))))
(println (err (lambda () (exact (sqrt (- (length (list 1 2)) 5))))) (err (lambda () (exact (sqrt (+ 0 (length (list 1 2))))))) (sqrt (- (length (list 1)) 5)) (floor (sqrt (- (length (list 1)) 5)))) ; expect: exact: expected a finite number, got +nan.0 6369051672525773/4503599627370496 +nan.0 +nan.0
(define (sq x) (expt x 2))
(println (sq 3) (sq -3) (sq 1.1) (sq 4294967296) (sq (expt 10 20)) (sq 1/2) (sq -0.0) (expt 1.1 2) (expt (sqrt 5) 2) (expt 7 3) (expt -7 3) (expt 2.5 3) (expt 2 0.5) (expt 3 8)) ; expect: 9 9 1.2100000000000002 18446744073709551616 10000000000000000000000000000000000000000 1/4 0.0 1.2100000000000002 5.000000000000001 343 -343 15.625 1.4142135623730951 6561
(println (err (lambda () (sq 'x)))) ; expect: expt: expected a number, got x
(println (gcd 12 18) (gcd 0 -5) (gcd -12 18) (gcd (expt 10 20) 15) (gcd -9223372036854775808 0) (gcd -9223372036854775808 -9223372036854775808) (err (lambda () (gcd 1.5 2))) (err (lambda () (gcd 2 'a))) (gcd 4) (gcd) (gcd 12 18 27)) ; expect: 6 5 6 5 9223372036854775808 9223372036854775808 gcd: expected an integer, got 1.5 gcd: expected an integer, got a 4 0 3
(define (logs x) (list (log x) (< 0.69 (log (+ x 1)) 0.7) (atan x) (atan x x) (atan x -1) (log x 2)))
(println (logs 1.0) (log 1) (atan 0) (log (expt 10 400)) (atan 0 -1.0)) ; expect: (0.0 t 0.7853981633974483 0.7853981633974483 2.356194490192345 0.0) 0.0 0.0 921.0340371976182 3.141592653589793
(println (err (lambda () (log 'x))) (err (lambda () (atan "a"))) (err (lambda () (atan 1 nil))) (err (lambda () (atan 1.0 'y)))) ; expect: log: expected a number, got x atan: expected a number, got "a" atan: expected a number, got nil atan: expected a number, got y
