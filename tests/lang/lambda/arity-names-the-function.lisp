(define (area w h) (* w h))
(println (area 2 3)) ; expect: 6
(area 2) ; expect error: area: expected 2 arguments, got 1
