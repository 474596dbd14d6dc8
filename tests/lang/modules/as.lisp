(import "library/geometry.lisp" :as g)
(import "library/counter.lisp" :as c) ; expect: counter is loaded
(println (g/area 3 4) (c/next 1) c/start) ; expect: 12 11 10
