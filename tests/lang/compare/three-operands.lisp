; Comparisons of three operands are two of two; every operand is checked, also behind the pair that decides.
(define (message f) (try (f) (catch (e) (error-message e))))
(define (inside lo x hi) (< lo x hi))
(println (inside 1 2 3) (inside 1 3 3) (inside 3 2 1) (inside 1 2.5 3) (inside 1/2 1 3/2) (inside 1 (expt 10 20) (expt 10 21))) ; expect: t nil nil t t t
(println (message (lambda () (inside 2 1 'x))) (message (lambda () (inside 'a 1 'x))) (message (lambda () (inside 1 'b 'x)))) ; expect: <: expected a number, got x <: expected a number, got a <: expected a number, got b
(println (= 1 1 1.0) (= 1 1 2) (= 2 1 1) (> 3 2 1) (> 3 3 1) (>= 3 3 1) (<= 1 1 0) (= (/ 0.0 0.0) 1 1)) ; expect: t nil nil t nil t nil nil
(define (ordered a b c) (list (string<? a b c) (string<=? a b c) (string=? a b c) (string>? a b c) (string>=? a b c)))
(println (ordered "a" "b" "c") (ordered "a" "a" "a") (ordered "c" "b" "") (ordered "é" "z" "é")) ; expect: (t t nil nil nil) (nil t t nil t) (nil nil nil t t) (nil nil nil nil nil)
(println (message (lambda () (string<? "b" "a" 'x))) (message (lambda () (string=? "b" 'y "a")))) ; expect: string<?: expected a string, got x string=?: expected a string, got y
(define (note x) (print x "") x)
(println (< (note 3) (note 2) (note 1)))                                          ; expect: 3 2 1 nil
(println (message (lambda () (< (note 5) (note 'y) (note 4)))))                    ; expect: 5 y 4 <: expected a number, got y
(define (rows v i) (if (<= 0 i 3) (+ (vector-ref v i) (rows v (- i 1))) 0))
(println (rows (vector 1 2 3 4) 3))                                               ; expect: 10
(println (filter (lambda (x) (< 1 x 4)) (range 6)) (apply < '(1 2 3)) (map < '(1 2) '(2 2) '(3 3))) ; expect: (2 3) t (t nil)
