; A variable bound to a global that is defined once is lent, and so are parts of it; what is consumed gets a count.
(define table (vector (vector 1 2) (vector 3 4)))
(define other (vector 5 6))
(define (row i) (let ((rows table)) (vector-ref (vector-ref rows i) (length rows))))
(define (changed i) (let ((rows table)) (println rows) (vector-set rows i nil)))
(define (kept i) (let* ((rows table) (one (vector-ref rows i))) (println one) one))
(println (row 0) (changed 1) (kept 0) other)
