; Parameters that are only read stay the caller's; every way in, and errors while something is lent.
(define (sum xs total)
  (if (nil? xs) total (sum (cdr xs) (+ total (car xs)))))
(define (size tree) (if (cons? tree) (+ 1 (size (car tree)) (size (cdr tree))) 0))
(define (find k pairs)
  (cond ((nil? pairs) nil)
        ((equal? k (car (car pairs))) (car pairs))
        (t (find k (cdr pairs)))))
(define (same-length? a b) (if (or (nil? a) (nil? b)) (eq a b) (same-length? (cdr b) (cdr a))))
(define (fail-at n xs) (if (= n 0) (car n) (+ 1 (fail-at (- n 1) (cdr xs)))))
(define (texts n) (if (= n 0) nil (cons (list "text" n) (texts (- n 1)))))
(println (sum (list 1 2 3) 0)) ; expect: 6
(define kept (list 1 2 3 4))
(println (sum kept 0) (sum kept 1) kept) ; expect: 10 11 (1 2 3 4)
(println (size (texts 5))) ; expect: 15
(println (map size (list (texts 1) (texts 2) nil))) ; expect: (3 6 0)
(println (apply sum (list kept 5))) ; expect: 15
(println (find "b" (list (cons "a" 1) (cons "b" (list 2))))) ; expect: ("b" 2)
(println (same-length? (texts 3) (texts 3)) (same-length? (texts 2) (texts 3))) ; expect: t nil
(println (vector-ref (vector (find 1 (list (cons 1 "one")))) 0)) ; expect: (1 . "one")
(println (try (sum (list 1 "x") 0) (catch (e) (error-message e)))) ; expect: +: expected a number, got "x"
(println (try (sum (cons 1 "tail") 0) (catch (e) (error-message e)))) ; expect: cdr: expected a cons, got "tail"
(println (try (fail-at 3 (texts 5)) (catch (e) (error-message e)))) ; expect: car: expected a cons, got 0
(define (captures xs) (let ((look (lambda (n) (sum xs n)))) (list (look 1) (look 2) xs)))
(println (captures (list 1 2))) ; expect: (4 5 (1 2))
(define (walk tree f)
  (define (go tree) (if (cons? tree) (progn (go (car tree)) (go (cdr tree))) (if (nil? tree) nil (f tree))))
  (go tree))
(walk '((1 2) 3) println) ; expect: 1
; expect: 2
; expect: 3
(println (try (walk (list (list "a") "b") (lambda (x) (+ x 1))) (catch (e) (error-message e)))) ; expect: +: expected a number, got "a"
(let ((xs (texts 3))) (+ (size xs) (find 1 (list (cons 1 "x"))))) ; expect error: +: expected a number, got (1 . "x")
