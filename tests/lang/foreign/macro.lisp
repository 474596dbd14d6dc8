; a C function in a macro runs when the macro is expanded; a macro may make declarations
(foreign (labs (long) long))
(defmacro absolute (n) (labs n))
(println (absolute -7)) ; expect: 7
(defmacro declare-unary (library . names) `(foreign ,library ,@(map (lambda (name) `(,name (double) double)) names)))
(declare-unary "libm.so.6" floor ceil)
(println (floor 2.5) (ceil 2.5)) ; expect: 2.0 3.0
