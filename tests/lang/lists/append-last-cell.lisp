; A list that is kept and has one cell left is copied in line; what is no proper list is still an error.
(define (join-tails l acc) (if (nil? l) (list acc) (cons (append l acc) (join-tails (cdr l) (append (cdr l) (list (car l)))))))
(println (join-tails (list 1 2 3) nil)) ; expect: ((1 2 3) (2 3 2 3 1) (3 3 2) (3))
(define (kept l b) (let ((joined (append l b))) (list joined l)))
(println (kept (list "a") (list "b")) (kept (list (vector 1)) nil) (kept nil 5) (kept (list 1) 2)) ; expect: (("a" "b") ("a")) ((<<1>>) (<<1>>)) (5 nil) ((1 . 2) (1))
(println (try (kept (cons 1 2) (list 3)) (catch (e) (error-message e)))) ; expect: append: expected a proper list, got (1 . 2)
