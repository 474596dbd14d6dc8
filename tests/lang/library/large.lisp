; A million elements: no stack, no more than the time they need.
(define (numbers n out) (if (= n 0) out (numbers (- n 1) (cons n out))))
(define xs (numbers 1000000 nil))
(println (reduce + 0 (map (lambda (x) (+ x 1)) xs))) ; expect: 500001500000
(println (reduce + (map - xs xs))) ; expect: 0
(println (length (filter (lambda (x) (< x 500001)) xs))) ; expect: 500000
(println (for-each (lambda (x) x) xs)) ; expect: nil
(define down (sort (numbers 200000 nil) >))
(println (car down)) ; expect: 200000
(println (car (sort down))) ; expect: 1
(println (car (sort xs))) ; expect: 1
