; Vectors that are filled without a list between.
(define (num s) (string->number s))
(define (message f) (try (f) (catch (e) (error-message e))))
(define (upto a b) (if (> a b) nil (cons a (upto (+ a 1) b))))
(define (below a b) (if (= a b) nil (cons (* 2 a) (below (+ a 1) b))))
(define (down a) (cond ((< a 0) nil) (t (cons a (down (- a 1))))))
(define (by-two a b) (if (>= a b) nil (cons a (by-two (+ a 2) b))))
(define (f n) (list->vector (map (lambda (x) (* x x)) (range n))))
(println (f 5) (f (num "5")) (f 0) (f -3) (f (num "2.5"))) ; expect: <<0 1 4 9 16>> <<0 1 4 9 16>> <<>> <<>> <<0 1 4>>
(println (list->vector (range 3)) (list->vector (range 2 (num "5"))) (list->vector (range 5 (num "2") -1)) (list->vector (range 0 (num "7") 3))) ; expect: <<0 1 2>> <<2 3 4>> <<5 4 3>> <<0 3 6>>
(println (list->vector (map (lambda (x) (- x)) (range 5 (num "2") -1))) (list->vector (map (lambda (x) (+ x 1)) (range (num "4") 2)))) ; expect: <<-5 -4 -3>> <<>>
(println (list->vector (upto 1 (num "4"))) (list->vector (upto (num "4") 1)) (list->vector (below 1 (num "4"))) (list->vector (down (num "3")))) ; expect: <<1 2 3 4>> <<>> <<2 4 6>> <<3 2 1 0>>
(println (list->vector (by-two 1 (num "6"))) (list->vector (by-two 1 (num "1.5"))) (list->vector (upto (num "1/2") 3))) ; expect: <<1 3 5>> <<1>> <<1/2 3/2 5/2>>
(println (list->vector (map (lambda (x) (if (= x 2) 1.5 x)) (range (num "4")))) (list->vector (map (lambda (x) (if (= x 2) "s" nil)) (range (num "4"))))) ; expect: <<0 1 1.5 3>> <<nil nil "s" nil>>
(println (list->vector (map (lambda (x) (> x 1)) (range (num "4")))) (list->vector (map list (range (num "3"))))) ; expect: <<nil nil t t>> <<(0) (1) (2)>>
(println (message (lambda () (list->vector (map (lambda (x) (/ 6 (- 2 x))) (range (num "4"))))))) ; expect: division by zero
(println (list->vector (map (lambda (x) (println "x" x) x) (range (num "2")))))
; expect: x 0
; expect: x 1
; expect: <<0 1>>
(println (list->vector (filter (lambda (x) (> x 1)) (range (num "4")))) (list->vector (map (lambda (x y) (+ x y)) (range (num "4")) (range 7)))) ; expect: <<2 3>> <<0 2 4 6>>
(define (total v) (vector-fold + 0 v))
(define (all n) (total (vector-map (lambda (x) (* x x)) (list->vector (map (lambda (x) (- x 3)) (range n))))))
(println (all (num "10")) (all 4)) ; expect: 105 14
(define keep (list->vector (map (lambda (x) (* 10 x)) (range (num "3")))))
(println (vector-set keep 1 "a") keep) ; expect: <<0 "a" 20>> <<0 10 20>>
(println (list->vector (map (lambda (x) (* x 9223372036854775807)) (range (num "3"))))) ; expect: <<0 9223372036854775807 18446744073709551614>>
