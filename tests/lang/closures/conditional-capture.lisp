(define (pick flag x y) (if flag (lambda () x) (lambda () y)))
(println ((pick t '(a) '(b))) ((pick nil '(a) '(b)))) ; expect: (a) (b)
