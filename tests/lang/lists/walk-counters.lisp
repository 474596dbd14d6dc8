; Counters of walks start near the limits of 64 bits, or take large steps: their sums are exact all the same.
(define top 9223372036854775807)
(define (index-from xs i) (if (nil? xs) i (index-from (cdr xs) (+ i 1))))
(println (index-from '(a b c) 0) (index-from '(a b c) (- top 2)) (index-from '(a b c) (- top 3))) ; expect: 3 9223372036854775808 9223372036854775807
(define (down-from xs i) (if (nil? xs) i (down-from (cdr xs) (- i 1))))
(println (down-from (list 1 2) (- 1 top))) ; expect: -9223372036854775808
(println (down-from (list 1 2 3) (- 1 top))) ; expect: -9223372036854775809
(define (stride xs i) (if (nil? xs) i (stride (cdr xs) (+ i 4611686018427387904))))
(println (stride '(1) 0) (stride '(1 2) 0) (stride '(1 2 3) -4611686018427387904)) ; expect: 4611686018427387904 9223372036854775808 9223372036854775808
(define (both-ways xs i) (cond ((nil? xs) i) ((eq (car xs) 'up) (both-ways (cdr xs) (+ i 3))) (t (both-ways (cdr xs) (- i 2)))))
(println (both-ways '(up down down up up) 0) (both-ways '(down) -9223372036854775808)) ; expect: 5 -9223372036854775810
; The walk goes on with the same list now and then, or with another one: that ends nothing.
(define (circle xs i) (if (>= i top) (+ i 1) (circle xs (+ i 4611686018427387904))))
(println (circle '(1) 1)) ; expect: 9223372036854775810
(define (again xs ys i) (cond ((nil? xs) i) ((nil? ys) (again (cdr xs) xs (+ i 1))) (t (again xs (cdr ys) (+ i 1)))))
(println (again '(a b) nil 0)) ; expect: 4
(define (depth x i) (if (cons? x) (depth (car x) (+ 65536 i)) i))
(println (depth '(((leaf))) 0) (depth '((leaf)) (- top 65536))) ; expect: 196608 9223372036854841343
(define (float-steps xs i) (if (nil? xs) i (float-steps (cdr xs) (+ i 1))))
(println (float-steps '(1 2) 0.5) (float-steps '(1 2) 1/2)) ; expect: 2.5 5/2
(define (last-of xs i) (if (= i 3) (car xs) (last-of (cdr xs) (+ i 1)))) ; expect error: cdr: expected a cons, got 3
(last-of '(1 2 . 3) 0)
