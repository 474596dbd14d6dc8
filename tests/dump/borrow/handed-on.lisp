; What an evaluator that has two versions hands on is lent, too (env), also where it goes into something new; but not what it returns or
; changes (log, table): that is to stay unshared.  What is only looked at (last) was lent before.
; options: -fno-inline -fno-unfold -fno-specialize -fno-unroll
(define (bind x v env) (cons (cons x v) env))
(define (keep x) (if (cons? x) (keep (car x)) (list x)))
(define (ev e env log table last)
  (cond ((symbol? e) (list env log (vector-set table 0 e) (keep last)))
        ((integer? e) log)
        ((eq (car e) 'lambda) (list (cdr e) env))
        (t (let ((f (ev (car e) env log table last)) (x (ev (cdr e) env (cons e log) table last)))
             (ev (car f) (bind 'x x (cdr f)) log table last)))))
(println (ev '((lambda . 5) . 2) '((a . 1)) nil (make-vector 3 0) '(1)))
