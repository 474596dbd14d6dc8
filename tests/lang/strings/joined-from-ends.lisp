; Strings that are put together from their ends: what they are, in which order, and what stays as it is.
(define (message f) (try (f) (catch (e) (error-message e))))
(define (join xs sep) (cond ((nil? xs) "") ((nil? (cdr xs)) (car xs)) (t (string-append (car xs) sep (join (cdr xs) sep)))))
(define words (list "a" "bc" "é" "" "d"))
(println (join words ", ") (join nil "-") (join (list "x") "-") words) ; expect: a, bc, é, , d  x ("a" "bc" "é" "" "d")
(println (eq (join (list (car (cdr words))) "-") (car (cdr words)))) ; expect: t
(define (typed xs) (if xs (string-append "<" (number->string (car xs)) ">" (typed (cdr xs))) "."))
(println (typed (list 1 2 3)) (typed nil)) ; expect: <1><2><3>. .
(define (loud xs) (if xs (string-append (let ((s (number->string (car xs)))) (println s) s) (loud (cdr xs))) (let ((e "end")) (println e) e)))
(println (loud (list 1 2)))
; expect: 1
; expect: 2
; expect: end
; expect: 12end
(define (spaced xs) (cond ((nil? xs) "") ((= (car xs) 0) (spaced (cdr xs))) (t (string-append (number->string (car xs)) " " (spaced (cdr xs))))))
(println (spaced (list 1 0 2 0)) (message (lambda () (spaced (list 1 'x))))) ; expect: 1 2  =: expected a number, got x
(define (times n s) (if (<= n 0) "" (string-append s (times (- n 1) s))))
(println (times 3 "ab") (times 0 "ab") (times 2.5 "x")) ; expect: ababab  xxx
(println (message (lambda () (times 2 5)))) ; expect: string-append: expected a string, got 5
(define (show tree) (cond ((nil? tree) "") ((cons? tree) (string-append "(" (show (car tree)) " . " (show (cdr tree)))) (t (number->string tree))))
(println (show (cons (cons 1 2) (cons 3 nil)))) ; expect: ((1 . 2 . (3 . 
(define (bad xs) (if xs (string-append (car xs) (bad (cdr xs))) 'end))
(println (message (lambda () (bad (list "a" "b"))))) ; expect: string-append: expected a string, got end
(define (endless s) (string-append s (endless s)))
(println (substring (message (lambda () (endless "a"))) 0 18)) ; expect: recursion too deep
(println (string-length (join (map number->string (range 100000)) " "))) ; expect: 588889
(define (kept xs) (if xs (let ((r (kept (cdr xs)))) (string-append (car xs) r r)) "!"))
(println (kept (list "a" "b"))) ; expect: ab!!b!!
