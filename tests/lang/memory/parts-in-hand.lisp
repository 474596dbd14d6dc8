; A whole is passed, and its parts are used afterwards: as new pairs, in another order, or not at all.
(define (some-list n) (if (= n 0) (list 'x) (cons (list 'f n (number->string n)) (some-list (- n 1)))))
(define (parts e acc) (if (cons? e) (parts (cdr e) (parts (car e) (cons e acc))) acc))
(define (lift e) (if (cons? e) (list (length (parts e nil)) (cons (lift (car e)) (lift (cdr e)))) e))
(define (first-then e k) (let ((p (parts e nil))) (if (= k 0) p (if (= k 1) (cons (car e) p) (if (= k 2) (cons (cdr e) (cons (car e) p)) (list e p))))))
(define (fields v acc) (if (vector? v) (fields (vector-ref v 1) (fields (vector-ref v 0) (cons v acc))) acc))
(define (tree n) (if (= n 0) (list n) (vector (tree (- n 1)) (tree (- n 1)))))
(define (count-all v) (if (vector? v) (list (length (fields v nil)) (count-all (vector-ref v 0)) (count-all (vector-ref v 1))) v))
(define (strict e acc) (if (cons? e) (strict (cdr e) (strict (car e) (cons e acc))) (if (eq e 'stop) (error "stop") acc)))
(define (guarded e) (if (cons? e) (cons (strict e nil) (cons (guarded (car e)) (guarded (cdr e)))) e))
(println (lift (some-list 2))) ; expect: (9 ((3 (f 2 (2 1 ("2")))) 5 ((3 (f 2 (1 1 ("1")))) 1 (x))))
(println (length (first-then (some-list 3) 0)) (car (first-then (some-list 3) 1)) (car (cdr (first-then (some-list 1) 2)))) ; expect: 13 (f 3 "3") (f 1 "1")
(println (length (first-then (some-list 3) 3))) ; expect: 2
(println (count-all (tree 2))) ; expect: (3 (1 (0) (0)) (1 (0) (0)))
(println (try (guarded (list 1 (list 2 'stop))) (catch (e) (error-message e)))) ; expect: stop
(println (length (guarded (list 1 (list 2 'go))))) ; expect: 4
