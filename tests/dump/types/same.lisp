; options: -fno-inline -fno-unfold
; What symbol? finds is a symbol, and what is eq to one is: look gets a symbol, and its test needs no look at contents.
(define (look x env) (if (eq x (car (car env))) (cdr (car env)) (look x (cdr env))))
(define (ev e env) (if (symbol? e) (look e env) (if (eq e nil) 'nothing e)))
(define (is-x e) (if (eq e 'x) (list e) (list? e)))
(define (never e) (if (integer? e) (eq e "text") (eq e 1.5)))
(println (ev 'a '((b . 1) (a . 2))) (ev 5 nil) (ev 2.5 nil) (ev "s" nil))
(println (is-x 'x) (is-x 5) (is-x '(1)) (never 5) (never 1.5))
