; declarations and calls at run time
(foreign (labs (long) long))
(println (eval '(labs -5))) ; expect: 5
(eval '(foreign "libm.so.6" (hypot (double double) double)))
(println (eval '(hypot 3 4))) ; expect: 5.0
(println (try (eval '(hypot 'a 4)) (catch (e) (error-message e)))) ; expect: hypot: expected a number, got a
(println (try (eval '(progn (foreign (no-such-c-function () int)) (no-such-c-function))) (catch (e) (error-message e)))) ; expect: foreign: no library has a C function no_such_c_function
