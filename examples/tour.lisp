; A tour of Consair in a few minutes.  Run it with:  ./dev run examples/tour.lisp

; --- Numbers are exact until a float comes in ----------------------------------------
(println "2^100 ="
         ((label power (lambda (base n) (if (= n 0) 1 (* base (power base (- n 1)))))) 2 100))
(println "1/3 + 1/6 =" (+ 1/3 1/6))
(println "1/3 + 0.5 =" (+ 1/3 0.5))
(println "0.1 + 0.2 =" (+ 0.1 0.2))

; --- Functions and lists -------------------------------------------------------------
(define (square x) (* x x))
(define (range from to) (if (< from to) (cons from (range (+ from 1) to)) nil))
(define (map f xs) (if (nil? xs) nil (cons (f (car xs)) (map f (cdr xs)))))
(define (keep test xs)
  (cond ((nil? xs) nil)
        ((test (car xs)) (cons (car xs) (keep test (cdr xs))))
        (t (keep test (cdr xs)))))
(define (fold f acc xs) (if (nil? xs) acc (fold f (f acc (car xs)) (cdr xs))))

(println "squares:" (map square (range 1 11)))
(println "their sum:" (fold + 0 (map square (range 1 11))))

; --- Closures remember --------------------------------------------------------------
(define (adder n) (lambda (x) (+ x n)))
(define (compose f g) (lambda (x) (f (g x))))
(println "(7 + 10)^2 =" ((compose square (adder 10)) 7))

; --- Conditionals, local names, several values in a vector -----------------------------
(define (quadratic a b c)
  (let ((d (- (* b b) (* 4 a c))))
    (cond ((< d 0) 'no-real-roots)
          ((= d 0) (vector (/ (- b) (* 2 a))))
          (t (vector 'discriminant d)))))
(println (quadratic 1 -2 1) (quadratic 1 0 1) (quadratic 1 -3 2))

; --- Tail calls take no stack; recursion may be a million deep ----------------------------
(define (count-up n total) (if (= n 0) total (count-up (- n 1) (+ total n))))
(println "1 + ... + 1000000 =" (count-up 1000000 0))
(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))
(println "depth reached:" (deep 1000000))

; --- Macros write code -----------------------------------------------------------------
(defmacro while-counting (name from to . body)
  `((label loop (lambda (,name) (when (< ,name ,to) ,@body (loop (+ ,name 1))))) ,from))
(define (show-table)
  (while-counting i 1 4
    (println i (square i) (/ 1 i))))
(show-table)

; --- Code is data -------------------------------------------------------------------------
(println "a quoted list:" '(+ 1 (* 2 3)) "its operator:" (car '(+ 1 (* 2 3))))
(println `(one plus one is ,(+ 1 1) and a list spliced ,@(range 0 4)))
