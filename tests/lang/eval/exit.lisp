(println 1) ; expect: 1
(define l (list 1 2))
(eval '(let ((m (list 3 4))) (try (exit) (catch (e) (println e m)))))
(println 2)
