; Counters of walks: ints that no sum takes beyond 64 bits, unless steps are too large.
; options: -fno-inline
(define (position x xs i) (cond ((nil? xs) nil) ((eq x (car xs)) i) (t (position x (cdr xs) (+ i 1)))))
(define (wide xs i) (if (nil? xs) i (wide (cdr (cdr xs)) (- i 70000))))
(println (position 'c '(a b c) 0) (wide '(a b) 0))
