; Appending in place is invisible: whoever still holds the first operand sees it unchanged.
(define base (string-append "ab" (number->string 1)))
(define longer (string-append base "-x"))
(println base longer (string-append base "-y") longer) ; expect: ab1 ab1-x ab1-y ab1-x
((lambda (s) (println (string-append s s) (string-append s "" s) s)) (string-append "p" "q")) ; expect: pqpq pqpq pq
(define (twice s) (list (string-append s "1") (string-append s "2")))
(println (twice (string-append "k" "k"))) ; expect: ("kk1" "kk2")
