; eval sees what the program has imported
(import "library/geometry.lisp" :as g)
(import "library/counter.lisp" :only (next)) ; expect: counter is loaded
(println (eval '(g/area 3 4)) (eval '(next 5))) ; expect: 12 15
(println (eval '(g/with-area a 2 3 (list a)))) ; expect: (6)
(println (macroexpand-1 '(g/with-area a 2 3 a))) ; expect: (let ((a (geometry#multiply 2 3))) a)
