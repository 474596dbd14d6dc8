; An evaluator goes on with a body that it found in a closure: that call goes over to a version that owns the expression and env, all others
; are lent theirs.  What goes on with something new (settle) owns it in its only version, and so does what no call goes down into (last).
; options: -fno-inline -fno-unfold -fno-specialize
(define (look x env) (if (eq x (car (car env))) (cdr (car env)) (look x (cdr env))))
(define (ev e env)
  (cond ((symbol? e) (look e env))
        ((integer? e) e)
        ((eq (car e) 'if) (if (ev (car (cdr e)) env) (ev (car (cdr (cdr e))) env) (ev (cdr (cdr (cdr e))) env)))
        ((eq (car e) 'lambda) (list (car (cdr e)) (cdr (cdr e)) env))
        (t (let ((f (ev (car e) env)) (x (ev (cdr e) env)))
             (ev (car (cdr f)) (cons (cons (car f) x) (car (cdr (cdr f)))))))))
(define (settle e) (if (cons? e) (if (cons? (car e)) (settle (list (settle (car e)) (cdr e))) (cdr e)) e))
(define (last l n) (if (cons? l) (if (cons? (cdr l)) (last (cdr l) n) (let ((v (list l n))) (last (car (car v)) (car (cdr v))))) l))
(println (ev '((lambda x . (if x x . 1)) . 5) '((a . 1))))
(println (settle (list (list 1 2) 3)) (last (list 1 2 3) 4))
