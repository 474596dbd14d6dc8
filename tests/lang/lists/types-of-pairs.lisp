; Halves of pairs whose types the compiler follows: results in pairs, lists of mixed elements, pairs in pairs, and pairs whose
; cdr is filled in later.
(define (divide a b) (cons (quotient a b) (remainder a b)))
(println (car (divide 17 5)) (cdr (divide 17 5)) (car (divide 36893488147419103232 2))) ; expect: 3 2 18446744073709551616

(define (either n) (if (= n 0) (cons 1 2) (if (= n 1) (cons 1.5 "two") (if (= n 2) (list 1 "b") nil))))
(println (map (lambda (n) (try (car (either n)) (catch (e) "no"))) '(0 1 2 3))) ; expect: (1 1.5 1 "no")
(println (map (lambda (n) (try (cdr (either n)) (catch (e) "no"))) '(0 1 2 3))) ; expect: (2 "two" ("b") "no")

; Built from the front, with an end that is no list.
(define (up-to i n end) (if (= i n) end (cons i (up-to (+ i 1) n end))))
(println (up-to 0 3 nil) (up-to 0 3 "end") (up-to 3 3 7) (cdr (cdr (up-to 0 2 8)))) ; expect: (0 1 2) (0 1 2 . "end") 7 8
(define (mixed i n) (if (= i n) 0.5 (cons (if (= (remainder i 2) 0) i "odd") (mixed (+ i 1) n))))
(println (mixed 0 4) (cdr (mixed 3 4))) ; expect: (0 "odd" 2 "odd" . 0.5) 0.5

; The front has another type than the rest; reversed, the rest is in front.
(define (labelled n) (cons "label" (range n)))
(println (car (labelled 2)) (car (reverse (labelled 2))) (car (cdr (labelled 1))) (car (append (labelled 1) '(x)))) ; expect: label 1 0 label
(println (+ (car (reverse (labelled 3))) (apply + (cdr (labelled 4))))) ; expect: 8
(define (nest n x) (if (= n 0) x (nest (- n 1) (cons x x))))
(define (left x) (if (cons? x) (left (car x)) x))
(println (left (nest 10 5)) (left (nest 3 (cons "a" 1))) (nest 2 'q)) ; expect: 5 a ((q . q) q . q)
(define a (cons 1 2.5)) (define b (cons a a)) (define c (cons b b)) (define d (cons c c)) (define e (cons d d)) (define f (cons e e))
(println (+ (cdr (cdr (cdr (car (car (cdr f)))))) (left f))) ; expect: 3.5

; A state in a pair, changed by a loop; the vector in it stays one of floats until something else comes in.
(define (step state x) (cons (vector-set (car state) (cdr state) x) (+ (cdr state) 1)))
(define (run xs) (let loop ((xs xs) (state (cons (make-vector 3 0.0) 0))) (if xs (loop (cdr xs) (step state (car xs))) state)))
(println (run '(1.5 2.5)) (run '(1.5 x "y"))) ; expect: (<<1.5 2.5 0.0>> . 2) (<<1.5 x "y">> . 3)
(define (three n) (list (make-vector n 1) n (inexact n)))
(println (let ((r (three 2))) (vector-ref (car r) 1)) (nth (three 3) 1) (+ (car (cdr (cdr (three 4)))) (car (cdr (three 4))))) ; expect: 1 3 8.0
(vector-ref (car (cdr (mixed 0 4))) 0) ; expect error: vector-ref: expected a vector, got "odd"
