; names with the module's name in front
(import "library/geometry.lisp")
(println (geometry/area 3 4)) ; expect: 12
(println (geometry/square? 2 2) geometry/half) ; expect: t 1/2
(println (geometry/map car '(1 2))) ; expect: (mine 1)
(println (map - '(1 2))) ; expect: (-1 -2)
(define (area x) (list 'program x))
(println (area 5) (geometry/area 5 5)) ; expect: (program 5) 25
(println (apply geometry/area '(6 7))) ; expect: 42
(let ((geometry/area (lambda (x y) 'local))) (println (geometry/area 1 2))) ; expect: local
(println (try (geometry/area 3 (quote x)) (catch (e) (list (error-message e) (vector-ref (error-place e) 1))))) ; expect: ("*: expected a number, got x" 4)
