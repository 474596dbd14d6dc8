; Terms that every caller keeps are lent to who puts parts of them into something else, and are whole afterwards.
(define (check e env)
  (cond ((symbol? e) (look e env))
        ((integer? e) 'int)
        ((eq (car e) 'lam) (list 'fun (third* e) (check (car (cdr (cdr (cdr e)))) (cons (cons (second* e) (third* e)) env))))
        ((eq (car e) 'plus) (if (and (eq (check (second* e) env) 'int) (eq (check (third* e) env) 'int)) 'int (error "plus")))
        (t (let ((f (check (car e) env)) (a (check (second* e) env)))
             (if (and (cons? f) (equal? (second* f) a)) (third* f) (error "app"))))))
(define (second* l) (car (cdr l)))
(define (third* l) (car (cdr (cdr l))))
(define (look x env) (if (eq x (car (car env))) (cdr (car env)) (look x (cdr env))))
(define (nest n) (if (= n 0) 'x (list 'plus (list (list 'lam 'y 'int (list 'plus 'y 'x)) (nest (- n 1))) (list (list 'lam 'f (list 'fun 'int 'int) (list 'f (list 'f 'x))) (list 'lam 'z 'int (list 'plus 'z 1))))))
(define (run n e r) (if (= n 0) (list r e) (run (- n 1) e (if (eq (check e (list (cons 'x 'int))) 'int) (+ r 1) r))))
(println (run 3 (nest 1) 0))
; expect: (3 (plus ((lam y int (plus y x)) x) ((lam f (fun int int) (f (f x))) (lam z int (plus z 1)))))
(define (types e) (list (check e nil) (check e (list (cons 'x 'int))) e))
(println (types (list 'lam 'g (list 'fun 'int (list 'fun 'int 'int)) '((g 1) 2)))) ; expect: ((fun (fun int (fun int int)) int) (fun (fun int (fun int int)) int) (lam g (fun int (fun int int)) ((g 1) 2)))
(define (failing e) (try (check e nil) (catch (x) (list (error-message x) e))))
(println (failing (list 'plus 1 (list 'lam 'a 'int 'a))) (failing (list (list 'lam (string-append "n" "m") 'int 1) 2))) ; expect: ("plus" (plus 1 (lam a int a))) int
(println (try (check (nest 2) (list (cons 'x (list 'fun 'int 'int)))) (catch (x) (error-message x)))) ; expect: plus

; kept by one, given away by another; in hand beside a call
(define (double e) (if (cons? e) (cons (car e) (cons (car e) (double (cdr e)))) e))
(define (both e) (list e (double e)))
(println (both (list "a" (list "b"))) (double (double (list "c"))) (list (let ((l (list "d"))) (cons l (double l))))) ; expect: (("a" ("b")) ("a" "a" ("b") ("b"))) ("c" "c" "c" "c") ((("d") "d" "d"))
(define (loop n e r) (if (= n 0) (list e r) (loop (- n 1) (double e) (cons (car e) r))))
(println (loop 2 (list "e") nil)) ; expect: (("e" "e" "e" "e") ("e" "e"))
