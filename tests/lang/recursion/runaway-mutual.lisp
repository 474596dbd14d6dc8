(define (a n) (+ 1 (b n))) (define (b n) (+ 1 (a n))) ; expect error: recursion too deep
(b 1)
