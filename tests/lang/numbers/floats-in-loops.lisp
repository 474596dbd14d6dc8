; Floats without tags: NaN, the two zeros, infinities, ints that become floats on the way.
(define (sum list) (let loop ((l list) (s 0)) (if (nil? l) s (loop (cdr l) (+ s (car l))))))
(println (sum '(1 2 3)) (sum '(1 2.5 3)) (sum '(0.5 1/2)) (sum '(1/2 1/2)) (sum '(9223372036854775807 1 0.5)))
(define (product list) (let loop ((l list) (p 1.0)) (if (nil? l) p (loop (cdr l) (* p (car l))))))
(println (product '(0.0 -1.0)) (product '(-1 0)) (product '(1e308 10)) (product '(1e308 10 0)))
(define (compare x y) (list (< x y) (<= x y) (> x y) (>= x y) (= x y)))
(define nan (- +inf.0 +inf.0))
(println (compare nan 1.0) (compare nan nan) (compare 0.0 -0.0) (compare 1 1.0))
(println (compare 9007199254740993 9007199254740992.0) (compare 9223372036854775807 9223372036854775808.0))
(define (largest list best) (cond ((nil? list) best) ((> (car list) best) (largest (cdr list) (car list))) (t (largest (cdr list) best))))
(println (largest '(1.5 7 3) 0) (largest '(1 2 3) -1.0) (largest '(1 1180591620717411303424 2.0) 0))
(define (newton x n) (do ((i 0 (+ i 1)) (g 1.0 (/ (+ g (/ x g)) 2.0))) ((= i n) g)))
(println (newton 2 6) (newton 0 3) (newton 4.0 9))
(define (divide a b) (let loop ((i 0) (x a)) (if (= i 2) x (loop (+ i 1) (/ x b)))))
(println (divide 8 2) (divide 1 2) (divide 1.0 0) (divide -1.0 0.0) (divide 3.0 2))
(println (sqrt (newton 16 20)) (abs (- 0.0 1.5)) (- (product '(0.0))))
; expect: 6 6.5 1.0 1 9.223372036854776e18
; expect: -0.0 -0.0 +inf.0 +nan.0
; expect: (nil nil nil nil nil) (nil nil nil nil nil) (nil t nil t t) (nil t nil t t)
; expect: (nil nil t t nil) (t t nil nil nil)
; expect: 7 3 1180591620717411303424
; expect: 1.414213562373095 0.125 2.0
; expect: 2 1/4 +inf.0 -inf.0 0.75
; expect: 2.0 1.5 -0.0
