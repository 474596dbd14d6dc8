; Turns of loops that differ in some operands only: the test comes first, then the operands in order, each in its branch alone.
(define (largest v)
  (let ((n (vector-length v)))
    (let loop ((i 1) (at 0) (most (vector-ref v 0)))
      (if (= i n)
          (list at most)
          (let ((x (vector-ref v i))) (if (> x most) (loop (+ i 1) i x) (loop (+ i 1) at most)))))))
(println (largest (vector 3 9 2 9)) (largest (vector 1.5 2 5/2)) (largest (vector "a"))) ; expect: (1 9) (2 5/2) (0 "a")
(define (count-if f xs) (let loop ((xs xs) (n 0)) (if xs (if (f (car xs)) (loop (cdr xs) (+ n 1)) (loop (cdr xs) n)) n)))
(println (count-if cons? '((1) 2 (3) nil))) ; expect: 2
; Beyond 64 bits, in one branch and then in the other.
(define (climb n k a b) (if (= n 0) (list a b) (if (< (remainder n 3) k) (climb (- n 1) k (+ a 4611686018427387904) b) (climb (- n 1) k a (- b 4611686018427387904)))))
(println (climb 6 1 0 0) (climb 9 2 1.5 1/2)) ; expect: (9223372036854775808 -18446744073709551616) (2.7670116110564327e19 -27670116110564327423/2)
; The test raises before operands do, and says what it is; else the first operand that raises in its branch does.
(define (try-loop v i x y n)
  (if (= n 0)
      (list x y)
      (if (< x y) (try-loop v i (+ (vector-ref v i) 0) y (- n 1)) (try-loop v i (+ (vector-ref v i) 0) (+ y 1) (- n 1)))))
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (try-loop (vector 1) 5 'a 2 1)))) ; expect: <: expected a number, got a
(println (message (lambda () (try-loop (vector 1) 5 1 2 1)))) ; expect: vector-ref: index 5 out of bounds for length 1
(println (message (lambda () (try-loop (vector 1) 0 3 2 2)))) ; expect: (1 3)
(define (pick n a b) (if (= n 0) (list a b) (if (= 0 (remainder n 2)) (pick (- n 1) b a) (pick (- n 1) a b))))
(println (pick 3 1 "two") (pick 4 (list 1) nil)) ; expect: ("two" 1) ((1) nil)
(define (swap-ends n a b) (if (= n 0) (cons a b) (if (cons? a) (swap-ends (- n 1) b a) (swap-ends (- n 1) a (cons n b)))))
(println (swap-ends 3 (list 1 2) "x")) ; expect: ("x" 1 2 1 2)
