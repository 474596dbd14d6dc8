; Records that only known code sees have a layout, in lists, too; one that is printed, and what it holds, have none.
(define (tree i below) (if (= i 0) below (tree (- i 1) (vector (= (remainder i 2) 0) below i (* i 100000000000) (/ i 2.0) (number->string i) nil))))
(define (sum r n) (if r (sum (vector-ref r 1) (+ n (vector-ref r 2) (string-length (vector-ref r 5)) (if (vector-ref r 0) 1 0))) n))
(define (leaf i) (vector i nil i))
(define (outer i) (vector (leaf i) "shown"))
(println (sum (tree 100 nil) 0) (outer 7))
(define (rows i) (if (= i 0) nil (cons (vector i nil "row") (rows (- i 1)))))
(println (vector-ref (car (rows 3)) 0))
