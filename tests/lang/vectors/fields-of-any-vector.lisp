; A function that reads several fields of whatever it is given: vectors stored in all ways, held by others or not, short
; ones, and what is none.  The first read that fails tells so.
(define (turn v) (let* ((a (vector-ref v 0)) (c (vector-ref v 2)) (b (vector-ref v 1))) (list c a b)))
(define (try-turn v) (try (turn v) (catch (e) (error-message e))))

(println (map try-turn (list <<1 2 3>> <<1.5 2.5 3.5>> <<1 2.5 "x">> (make-vector 3 nil) (make-vector 4 t) (vector nil t nil)))) ; expect: ((3 1 2) (3.5 1.5 2.5) ("x" 1 2.5) (nil nil nil) (t t t) (nil nil t))
(println (map try-turn (list (list->vector (range 20)) (list->vector (map list (range 9))) #pvec[1 "b" 3] #pvec[1 2 3]))) ; expect: ((2 0 1) ((2) (0) (1)) (3 1 "b") (3 1 2))
(println (try-turn <<>>)) ; expect: vector-ref: index 0 out of bounds for length 0
(println (try-turn <<1 2>>) (try-turn (vector "a"))) ; expect: vector-ref: index 2 out of bounds for length 2 vector-ref: index 2 out of bounds for length 1
(println (try-turn 'a) (try-turn (list 1 2 3))) ; expect: vector-ref: expected a vector, got a vector-ref: expected a vector, got (1 2 3)

(define kept (vector "p" (list 'q) 1.5 'rest))
(println (try-turn kept) (try-turn (vector (list 1) (list 2) (list 3) (list 4))) kept) ; expect: (1.5 "p" (q)) ((3) (1) (2)) <<"p" (q) 1.5 rest>>

; one vector rebuilt again and again in place of the old one
(define (spin v n)
  (if (= n 0)
      v
      (let ((a (vector-ref v 0)) (b (vector-ref v 1)) (c (vector-ref v 2)) (d (vector-ref v 3)))
        (spin (vector d a b c) (- n 1)))))
(println (spin (vector 1 "two" (list 3) 4.5) 1001) (spin kept 2) (spin (vector 1 2 3 4) 3) kept) ; expect: <<4.5 1 "two" (3)>> <<1.5 rest "p" (q)>> <<2 3 4 1>> <<"p" (q) 1.5 rest>>
