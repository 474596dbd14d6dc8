; Sums and products of many operands: all are evaluated before one is checked, also where they are a chain
(define (nine v i w) (+ (vector-ref v (- i w 1)) (vector-ref v (- i w)) (vector-ref v (+ (- i w) 1)) (vector-ref v (- i 1)) (vector-ref v i) (vector-ref v (+ i 1)) (vector-ref v (+ i w -1)) (vector-ref v (+ i w)) (vector-ref v (+ i w 1))))
(println (nine (vector 1 2 3 4 5 6 7 8 9) 4 3) (nine (vector 9223372036854775807 2 3 4 5 6 7 8 9223372036854775807) 4 3) (nine (vector 1 2.5 3 4 1/2 6 7 8 9) 4 3))
; expect: 45 18446744073709551649 41.0
(println (try (nine (vector 1 2 'c 4 5 6 7 'd 9) 4 3) (catch (e) (error-message e))) (try (nine (vector 1 2 3 'd 5) 4 3) (catch (e) (error-message e))))
; expect: +: expected a number, got c vector-ref: index 5 out of bounds for length 5
(define (say x) (println x) x)
(println (try (+ (say 1) (say 2) (say 'a) (say 4) (say 5) (say 6) (say 7) (say 8) (say 9) (say 10)) (catch (e) (error-message e))))
; expect: 1
(println (- 100 1 2 3 4 5 6 7 8 9 10) (* 1 2 3 4 5 6 7 8 9 10 11) (max 1 5 3 9 2 8 4 7 6 5.5) (min 3 4 1 7 9 -2 5 8 6) (bitwise-xor 1 2 4 8 16 32 64 128 256 512) (/ 1000 2 2 2 5 5 5 1 1 1))
; expect: 2
(println (+ 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32) (+ 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35))
; expect: a
; expect: 4
; expect: 5
; expect: 6
; expect: 7
; expect: 8
; expect: 9
; expect: 10
; expect: +: expected a number, got a
; expect: 45 39916800 9 -2 1023 1
; expect: 528 630
