; Arithmetic where only one operand is known to be a float or an int: whatever the other one is.
(define values (list 3 2.5 7/2 100000000000000000000))
(println (map (lambda (x) (+ 0.5 x)) values)) ; expect: (3.5 3.0 4.0 1e20)
(println (map (lambda (x) (- x 0.5)) values)) ; expect: (2.5 2.0 3.0 1e20)
(println (map (lambda (x) (* x 2.0)) values)) ; expect: (6.0 5.0 7.0 2e20)
(println (map (lambda (x) (/ 1.0 x)) (list 4 0.5 1/4 0 -0.0))) ; expect: (0.25 2.0 4.0 +inf.0 -inf.0)
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (map (lambda (x) (* x 2.0)) (list 1 'a))))) ; expect: *: expected a number, got a
(println (message (lambda () (map (lambda (x) (- 2.0 x)) (list 1 (list 2)))))) ; expect: -: expected a number, got (2)

; Ints that became bigints on the way, and back.
(define (triangle i j) (+ (quotient (* (+ i j) (+ i j 1)) 2) i 1))
(println (triangle 3 4) (triangle 9223372036854775807 1) (triangle 4000000000 1)) ; expect: 32 42535295865117307946756883984253190144 8000000010000000002
(define (rests n d) (list (quotient (* n n) d) (remainder (* n n) d) (modulo (* n n) d)))
(println (rests 12345678901 1000) (rests -12345678901 -1000) (rests 7 -4)) ; expect: (152415787526596567 801 801) (-152415787526596567 801 -199) (-12 1 -3)
(println (message (lambda () (rests 12345678901 0)))) ; expect: quotient: division by zero
(define (chain n) (- (* (+ (* n n) n) 3) (* n n)))
(println (chain 5) (chain 3037000500) (chain -3037000500)) ; expect: 65 18446744083111501500 18446744064889498500
(define (shifted n) (list (arithmetic-shift (* n n) -3) (arithmetic-shift (* n n) 2)))
(println (shifted 5) (shifted 123456789012345)) ; expect: (3 100) (1905197344154833640070299878 60966315012954676482249596100)

; Indices around a torus: rests of what is less than one divisor outside.
(define (around n) (map (lambda (i) (list (modulo (- i 1) n) (modulo (+ i 1) n) (modulo i n))) (range n)))
(println (around 3)) ; expect: ((2 1 0) (0 2 1) (1 0 2))
(println (map (lambda (i) (list (modulo (- i 3) 3) (remainder (- i 3) 3) (modulo (+ i 3) 3) (remainder (+ i 3) 3))) (range 3)))
; expect: ((0 0 0 0) (1 -2 1 1) (2 -1 2 2))
(println (map (lambda (i) (list (modulo (- i 4) 3) (modulo (+ i 4) 3))) (range 3))) ; expect: ((2 1) (0 2) (1 0))
