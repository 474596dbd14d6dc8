; What is taken out of a cell or vector while that lives on, ends, moves, or is changed in place.
(define (fresh) (cons (list "a") (list "b")))
(define (swap p) (let ((a (car p)) (b (cdr p))) (cons b a)))
(define shared (fresh))
(println (swap (fresh)) (swap shared) shared) ; expect: (("b") "a") (("b") "a") (("a") "b")
(define (pick p flag) (let ((a (car p))) (if flag p (list a flag))))
(println (pick (fresh) t) (pick (fresh) nil) (pick shared nil)) ; expect: (("a") "b") (("a") nil) (("a") nil)
(define (both p) (let ((a (car p))) (cons p a)))
(println (both (fresh)) (both shared)) ; expect: ((("a") "b") "a") ((("a") "b") "a")
(define (second p) (car (cdr p)))
(println (second (fresh)) (second shared)) ; expect: b b
(define (replace v)
  (let ((old (vector-ref v 0)))
    (let ((inner (car old)))
      (list (vector-set v 0 (list inner)) old inner))))
(println (replace (vector (fresh)))) ; expect: (<<(("a"))>> (("a") "b") ("a"))
(define (unused p) (let ((a (car p)) (b (cdr p))) 1))
(println (unused (fresh)) (unused shared)) ; expect: 1 1
(define (branches p n)
  (let ((a (car p)))
    (let ((x (car a)))
      (cond ((= n 0) x) ((= n 1) a) ((= n 2) p) ((= n 3) (cdr p)) (t (list x a p))))))
(println (map (lambda (n) (branches (fresh) n)) '(0 1 2 3 4))) ; expect: ("a" ("a") (("a") "b") ("b") ("a" ("a") (("a") "b")))
(println (map (lambda (n) (branches shared n)) '(0 1 2 3 4))) ; expect: ("a" ("a") (("a") "b") ("b") ("a" ("a") (("a") "b")))
(define (tried p) (let ((a (car p))) (try (progn (car (car a)) 1) (catch (e) (list a (error-data e))))))
(println (tried (fresh)) (tried shared)) ; expect: (("a") ("a")) (("a") ("a"))
(define (tried-inside p) (try (let ((a (car p)) (b (cdr p))) (progn (+ 1 (car a)) b)) (catch (e) p)))
(println (tried-inside (fresh)) (tried-inside shared)) ; expect: (("a") "b") (("a") "b")
(define (raise-between p) (let ((a (car p))) (let ((n (+ 1 (car a)))) (cons n (cdr p)))))
(println (try (raise-between (fresh)) (catch (e) (error-message e)))) ; expect: +: expected a number, got "a"
(println (try (raise-between shared) (catch (e) (error-message e)))) ; expect: +: expected a number, got "a"
(println (try (swap (list)) (catch (e) (error-message e)))) ; expect: car: expected a cons, got nil
(println (try (swap "text that is freed") (catch (e) (error-message e)))) ; expect: car: expected a cons, got "text that is freed"
(define (spin xs n) (if (= n 0) xs (let ((a (car xs)) (b (cdr xs))) (spin (cons (car b) (cons a (cdr b))) (- n 1)))))
(println (spin (list "x" "y" "z") 1001) (spin shared 3)) ; expect: ("y" "x" "z") ("b" ("a"))
(println shared) ; expect: (("a") "b")
(let ((p (list 1)) (n (fresh))) (let ((a (car p)) (b (cdr p))) (cons (car a) n))) ; expect error: car: expected a cons, got 1
