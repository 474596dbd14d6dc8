(if (= 1 2) (define filter 5) nil)
(println (filter number? '(1 a))) ; expect: (1)
(if (= 1 1) (define filter 5) nil)
(println filter) ; expect: 5
