; Parts of a list that are read in several places, some behind tests of others.
(define (numbers n) (if (= n 0) nil (cons (* n n) (numbers (- n 1)))))
(define (falls? xs) (or (nil? xs) (nil? (cdr xs)) (and (> (car xs) (car (cdr xs))) (falls? (cdr xs)))))
(println (falls? (numbers 100)) (falls? (cons 1 (numbers 3)))) ; expect: t nil
(define (pairs xs) (if (or (nil? xs) (nil? (cdr xs))) nil (cons (list (car (cdr xs)) (car xs)) (pairs (cdr (cdr xs))))))
(println (pairs (numbers 5))) ; expect: ((16 25) (4 9))
