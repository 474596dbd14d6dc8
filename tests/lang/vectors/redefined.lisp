(define (vector-set v i x) (list 'mine v i x))
(println (vector-set <<1>> 0 2)) ; expect: (mine <<1>> 0 2)
(define (range n) (if (= n 0) nil (cons n (range (- n 1)))))
(println (range 3)) ; expect: (3 2 1)
((lambda (get count) (println (get count))) (lambda (n) (* n n)) 5) ; expect: 25
