; assert gives t, or raises with the form or with its own message and data
(println (assert (= 1 1)) (assert 5 "message" (car 1))) ; expect: t t
(define (failed thunk) (try (thunk) (catch (e) (list (error-message e) (error-data e)))))
(println (failed (lambda () (assert (= 1 2))))) ; expect: ("assertion failed" ((= 1 2)))
(println (failed (lambda () (let ((x 3)) (assert (< x 2) "too large" x (list x)))))) ; expect: ("too large" (3 (3)))
(println (failed (lambda () (assert nil)))) ; expect: ("assertion failed" (nil))
(println (failed (lambda () (assert nil 5)))) ; expect: ("assert: expected a string as message, got 5" (5))
(println (failed (lambda () (assert (eq 'a "b") "no" 1)))) ; expect: ("no" (1))
