; chosen names, some renamed
(import "library/geometry.lisp" :only (area (half one-half) with-area))
(println (area 3 4) one-half) ; expect: 12 1/2
(println (with-area a 2 3 (+ a 1))) ; expect: 7
(println (geometry/square? 1 2)) ; expect: nil
(define (multiply x y) 'program) ; the macro means the module's own
(println (with-area a 4 5 a)) ; expect: 20
