; vector-map hands its function the only reference to an element when nobody else has the vector; others see no change.
(define (rows n) (vector-map (lambda (i) (vector i i)) (list->vector (range n))))
(define (step v) (vector-map (lambda (row) (vector-set row 0 (+ 1 (vector-ref row 0)))) v))
(println (step (rows 3)) (step (step (rows 2)))) ; expect: <<<<1 0>> <<2 1>> <<3 2>>>> <<<<2 0>> <<3 1>>>>
(define v (rows 3))
(println (step v) v) ; expect: <<<<1 0>> <<2 1>> <<3 2>>>> <<<<0 0>> <<1 1>> <<2 2>>>>
(define (message f) (try (f) (catch (e) (error-message e))))
(define (fail-at k) (lambda (row) (if (= (vector-ref row 1) k) (error "stop") (vector-set row 0 9))))
(println (message (lambda () (vector-map (fail-at 2) v))) v) ; expect: stop <<<<0 0>> <<1 1>> <<2 2>>>>
(println (message (lambda () (vector-map (fail-at 2) (rows 3))))) ; expect: stop
(println (message (lambda () (vector-map (fail-at 0) (rows 3))))) ; expect: stop
(println (vector-map (lambda (x) x) (vector)) (vector-map (lambda (x) (* x 0.5)) (vector 1 2)) (vector-map list (vector 1 nil "a"))) ; expect: <<>> <<0.5 1.0>> <<(1) (nil) ("a")>>
(println (vector-map (lambda (x) (if (= x 1) 'one x)) (vector 1 2 3)) (vector-map (lambda (x) (> x 1)) (vector 1 2 3))) ; expect: <<one 2 3>> <<nil t t>>
(println (vector-map (lambda (x) (if x 1 x)) (vector t nil t))) ; expect: <<1 nil 1>>
(define one (vector 'a))
(println (vector-map (lambda (row) (vector-set row 0 'b)) (make-vector 3 one)) one) ; expect: <<<<b>> <<b>> <<b>>>> <<a>>
(println (vector-map + (vector 1 2 3) (vector 10 20))) ; expect: <<11 22>>
