; A late parameter (ev', whose calls pass parts of something else) ends with the last use of its parts, on each path: the calls before are
; lent them, and what follows moves the last one out.
; options: -fno-inline -fno-unfold -fno-specialize -fno-types
(define (ev e env)
  (cond ((not (cons? e)) (if e (list env) env))
        ((eq (car e) 'seq) (list (ev (car (cdr e)) env) (ev (cdr (cdr e)) env)))
        ((eq (car e) 'try) (try (ev (cdr e) env) (catch (x) (car (cdr e)))))
        ((eq (car e) 'when) (if (ev (car (cdr e)) env) (cdr (cdr e)) nil))
        (t (let ((f (ev (car e) env))) (ev (cdr f) (cons (car e) env))))))
(println (ev '(seq a . b) nil))
