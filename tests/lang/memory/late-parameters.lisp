; Evaluators that go on with a part of something of their own: the expression is lent to the calls before, and ends after the last of them,
; also where an error leaves them, inside of a try, and where parts of it go into what is made.
(define (look x env) (cond ((nil? env) (error "unbound" x)) ((eq x (car (car env))) (cdr (car env))) (t (look x (cdr env))))) ; expect error: unbound: list-of
(define (bind names values env) (if (nil? names) env (cons (cons (car names) (car values)) (bind (cdr names) (cdr values) env))))
(define (ev-list l env) (if (nil? l) nil (cons (ev (car l) env) (ev-list (cdr l) env))))
(define (ap f args)
  (let ((k (car f)))
    (cond ((eq k 'closure) (ev (car (cdr (cdr f))) (bind (car (cdr f)) args (car (cdr (cdr (cdr f)))))))
          ((eq k 'add) (+ (car args) (car (cdr args))))
          ((eq k 'less) (< (car args) (car (cdr args))))
          (t (error "no function" f)))))
(define (ev e env)
  (cond ((symbol? e) (look e env))
        ((not (cons? e)) e)
        ((eq (car e) 'quote) (car (cdr e)))
        ((eq (car e) 'if) (if (ev (car (cdr e)) env) (ev (car (cdr (cdr e))) env) (ev (car (cdr (cdr (cdr e)))) env)))
        ((eq (car e) 'lambda) (list 'closure (car (cdr e)) (car (cdr (cdr e))) env))
        ((eq (car e) 'with) (list e (ev (car (cdr e)) env)))
        ((eq (car e) 'safely) (try (ev (car (cdr e)) env) (catch (x) (list (error-message x) (car (cdr e))))))
        ((eq (car e) 'late) (let ((a (ev (car (cdr e)) env))) (try (list a (ev (car (cdr (cdr e))) env)) (catch (x) (list a (cdr e))))))
        (t (ap (ev (car e) env) (ev-list (cdr e) env)))))
(define base (list (cons '+ '(add)) (cons '< '(less))))
(define (fresh e) (if (cons? e) (cons (fresh (car e)) (fresh (cdr e))) e)) ; nobody else holds it
(define (both e) (list (ev e base) (ev (fresh e) base)))

(println (both '((lambda (loop n) (loop loop n)) (lambda (self n) (if (< n 1) n (self self (+ n -1)))) 1000)))
; expect: (0 0)
(define (steps n) (ev (fresh (list '(lambda (loop n) (loop loop n)) '(lambda (self n) (if (< n 1) n (self self (+ n -1)))) n)) base))
(println (steps 100000)) ; no frame stays
; expect: 0
(println (both '(with (quote (a b)))) (both '((lambda (x) (with x)) 3)))
; expect: (((with (quote (a b))) (a b)) ((with (quote (a b))) (a b))) (((with x) 3) ((with x) 3))
(println (both '(safely (+ 1 what))) (both '(safely ((lambda (f) (f 2)) (lambda (y) (+ y nothing))))))
; expect: (("unbound" (+ 1 what)) ("unbound" (+ 1 what))) (("unbound" ((lambda (f) (f 2)) (lambda (y) (+ y nothing)))) ("unbound" ((lambda (f) (f 2)) (lambda (y) (+ y nothing)))))
(println (both '(late (+ 1 2) (+ 1 what))) (both '(late (lambda (x) x) ((lambda (x) (with x)) 1))))
; expect: ((3 ((+ 1 2) (+ 1 what))) (3 ((+ 1 2) (+ 1 what)))) (((closure (x) x ((+ add) (< less))) ((with x) 1)) ((closure (x) x ((+ add) (< less))) ((with x) 1)))
(println (both '((lambda (f) (list-of f)) (lambda (x) x))) nil)
