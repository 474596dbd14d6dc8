; a module runs once, where it is first imported; it finds others beside itself
(println "before") ; expect: before
(import "library/users.lisp" :all) ; expect: counter is loaded
(import "library/counter.lisp")
(println (twice-next 1) (counter/next 1)) ; expect: 21 11
(println (area-of 5)) ; expect: 25
