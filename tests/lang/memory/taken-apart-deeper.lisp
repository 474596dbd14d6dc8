; Parts of parts of a whole that ends: lists as records, pairs in vectors, vectors in pairs; shared at each level, or not.
(define (insert tree k)
  (cond ((nil? tree) (list k nil nil))
        ((< k (car tree)) (list (car tree) (insert (car (cdr tree)) k) (car (cdr (cdr tree)))))
        ((> k (car tree)) (list (car tree) (car (cdr tree)) (insert (car (cdr (cdr tree))) k)))
        (t tree)))
(define (keys tree) (if (nil? tree) nil (append (keys (car (cdr tree))) (cons (car tree) (keys (car (cdr (cdr tree))))))))
(define (insert-all tree ks) (if (nil? ks) tree (insert-all (insert tree (car ks)) (cdr ks))))
(define one (insert-all nil (list 5 3 8 1 4)))
(define two (insert-all one (list 7 3 9)))
(println (keys one) (keys two) one) ; expect: (1 3 4 5 8) (1 3 4 5 7 8 9) (5 (3 (1 nil nil) (4 nil nil)) (8 nil nil))
(println (try (insert one "x") (catch (e) (error-message e)))) ; expect: <: expected a number, got "x"
(println (try (insert (insert-all nil (list 2 1 3)) "x") (catch (e) (error-message e)))) ; expect: <: expected a number, got "x"
(println (keys one) (try (insert (cons 5 6) 1) (catch (e) (error-message e)))) ; expect: (1 3 4 5 8) car: expected a cons, got 6
(define (show . xs) (print xs) (length xs))
(define (pair-in-pair x) (list (show (car (car x))) (show (cdr (car x))) (cdr x)))
(define (only-inner x) (list (show "in") (cdr (car x))))
(define (three x) (list (show (car (car (car x)))) (cdr (car (car x))) (cdr x)))
(define (fresh) (cons (cons (list "a") (list "b")) (list "c")))
(define held (fresh))
(define inner (cons (list "d") (list "e")))
(println (pair-in-pair (fresh)) (pair-in-pair held) (pair-in-pair (cons inner 1))) ; expect: (("a"))(("b"))(("a"))(("b"))(("d"))(("e"))(1 1 ("c")) (1 1 ("c")) (1 1 1)
(println (only-inner (fresh)) (only-inner held) (only-inner (cons inner 1))) ; expect: ("in")("in")("in")(1 ("b")) (1 ("b")) (1 ("e"))
(println (three (cons (fresh) 2)) (three (cons held 2)) (three (cons (cons inner 3) 2))) ; expect: (("a"))(("a"))(("d"))(1 ("b") 2) (1 ("b") 2) (1 ("e") 2)
(println held inner) ; expect: ((("a") "b") "c") (("d") "e")
(define (in-vector v) (list (show (car (vector-ref v 0))) (cdr (vector-ref v 0)) (vector-ref v 1)))
(define (vector-in x) (vector (vector-ref (car x) 0) (show (vector-ref (car x) 1)) (cdr x)))
(define (again v) (let ((a (car (vector-ref v 0))) (b (cdr (vector-ref v 0))) (c (vector-ref v 1))) (show a) (vector (cons b a) c "new")))
(define record (vector (cons (list "x") (list "y")) (list "z")))
(println (in-vector (vector (cons (list "x") (list "y")) (list "z"))) (in-vector record) (in-vector (vector inner 1))) ; expect: (("x"))(("x"))(("d"))(1 ("y") ("z")) (1 ("y") ("z")) (1 ("e") 1)
(println (vector-in (cons (vector (list "p") (list "q")) 5)) (vector-in (cons record 5))) ; expect: (("q"))(("z"))<<("p") 1 5>> <<(("x") "y") 1 5>>
(println (again record) (again (vector (cons (list 1) (list 2)) (list 3) 4)) record) ; expect: (("x"))((1))<<(("y") "x") ("z") "new">> <<((2) 1) (3) "new">> <<(("x") "y") ("z")>>
(println (try (pair-in-pair (cons (list 1) 2)) (catch (e) (error-message e)))) ; expect: (1)(nil)(1 1 2)
(println (try (three (cons (list "l") 2)) (catch (e) (error-message e)))) ; expect: car: expected a cons, got "l"
(println (try (in-vector (vector 1 2)) (catch (e) (error-message e)))) ; expect: car: expected a cons, got 1
