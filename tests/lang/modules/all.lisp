; everything that is exported, the redefined builtin too
(import "library/geometry.lisp" :all)
(println (area 2 half) (square? 1 1)) ; expect: 1 t
(println (map car '(1 2))) ; expect: (mine 1)
(println (try (multiply 2 3) (catch (e) (error-message e)))) ; expect: unbound variable: multiply
