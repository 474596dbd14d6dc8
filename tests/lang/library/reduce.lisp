(println (reduce + 0 '(1 2 3))) ; expect: 6
(println (reduce + '(1 2 3))) ; expect: 6
(println (reduce + nil)) ; expect: 0
(println (reduce + 5 nil)) ; expect: 5
(println (reduce list '(7))) ; expect: 7
(println (reduce list 'z '(1 2))) ; expect: ((z 1) 2)
(println (reduce (lambda (acc x) (cons x acc)) nil "abc")) ; expect: ("c" "b" "a")
(println (reduce (lambda (acc x) (if (< x 0) (%reduced acc) (+ acc x))) 0 '(1 2 -1 10))) ; expect: 3
(println (reduce (lambda (acc x) (%reduced x)) '(1 2 3))) ; expect: 2
(println (reduce (lambda (acc x) (%assoc acc x (* x x))) {} '(1 2))) ; expect: {1 1 2 4}
