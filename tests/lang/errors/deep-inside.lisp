(define (deep n) (if (= n 0) (car 0) (+ 1 (deep (- n 1))))) ; expect error: car: expected a cons, got 0
(println "start") ; expect: start
(deep 50)
