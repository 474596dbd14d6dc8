; a macro may use the functions of its module when it is expanded, and import modules
(import "library/tables.lisp" :only (define-table))
(define-table squares 4 (lambda (i) (* i i)))
(println squares) ; expect: <<0 1 4 9>>
(defmacro need (name) `(import ,name :all))
(need "library/geometry.lisp")
(println (area 1 2)) ; expect: 2
