; What a function holds while a call fails is dropped, and the program goes on.
(define (attempt f) (try (f) (catch (e) (error-message e))))
(define (set-beyond v x) (let ((kept (list x v))) (cons (vector-set v 5 (list x)) kept)))
(define (cut-beyond v x) (let ((kept (list x v))) (cons (subvector v 1 5) kept)))
(define (put-below v x) (let ((kept (list x v))) (cons (assoc-in v '(0 :k) (list x)) kept)))
(define v (vector 1 "a"))
(println (attempt (lambda () (set-beyond v "x")))) ; expect: vector-set: index 5 out of bounds for length 2
(println (attempt (lambda () (cut-beyond v "x")))) ; expect: subvector: range 1 to 5 out of bounds for length 2
(println (attempt (lambda () (put-below v "x")))) ; expect: assoc-in: expected a map or vector, got 1
(define (many n) (if (= n 0) v (progn (attempt (lambda () (set-beyond (vector n "b") "x"))) (many (- n 1)))))
(println (many 10000)) ; expect: <<1 "a">>
