; Two lists as long as the argument says, made, compared, hashed, turned around, added up and dropped: nothing may use the stack or
; memory in proportion but the lists themselves.
(define count (string->number (car (command-line))))
(define (numbers n) (range n))
(define a (numbers count))
(println (length a) (equal? a (numbers count)) (reduce + 0 (reverse a)))
(println (get (assoc {} a 'found) (map (lambda (x) x) a)))
