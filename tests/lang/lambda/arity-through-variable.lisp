(define (area w h) (* w h))
(define (call f) (f 1 2 3)) ; expect error: area: expected 2 arguments, got 3
(call area)
