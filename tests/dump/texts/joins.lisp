; What is put together from its end; not where a part may be no string, the recursion may not end, or its result is used twice.
(define (join xs sep) (cond ((nil? xs) "") ((nil? (cdr xs)) (car xs)) (t (string-append (car xs) sep (join (cdr xs) sep)))))
(define (spaced xs) (cond ((nil? xs) ".") ((= (car xs) 0) (spaced (cdr xs))) (t (string-append (number->string (car xs)) (spaced (cdr xs))))))
(define (bad xs) (if xs (string-append (car xs) (bad (cdr xs))) 'end))
(define (endless s) (string-append s (endless s)))
(define (twice xs) (if xs (let ((r (twice (cdr xs)))) (string-append "x" r r)) "!"))
(println (join (list "a" "b") ",") (spaced (list 1 0 2)) (twice '(1)))
(println (bad '("a")) (endless "b"))
