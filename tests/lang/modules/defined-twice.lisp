(import "library/geometry.lisp" :only (area))
(define (area x) x) ; expect error: geometry/area is defined by the module geometry
