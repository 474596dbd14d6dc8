(import "library/geometry.lisp")
(println "never printed")
(geometry/multiply 2 3) ; expect error: geometry/multiply: the module geometry does not export multiply
