; every run-time error can be caught: of builtins, of calls, of names, of arithmetic
(define (f a b) a)
(define (message thunk) (try (thunk) (catch (e) (error-message e))))
(println (message (lambda () (car 5)))) ; expect: car: expected a cons, got 5
(println (message (lambda () (f 1)))) ; expect: f: expected 2 arguments, got 1
(println (message (lambda () (apply f '(1 2 3))))) ; expect: f: expected 2 arguments, got 3
(println (message (lambda () (no-such-name)))) ; expect: unbound variable: no-such-name
(println (message (lambda () (7 1)))) ; expect: cannot apply 7: not a function
(println (message (lambda () (/ 1 0)))) ; expect: division by zero
(println (message (lambda () (vector-ref <<1 2>> 2)))) ; expect: vector-ref: index 2 out of bounds for length 2
(println (message (lambda () (+ 1 "a")))) ; expect: +: expected a number, got "a"
(println (message car)) ; expect: car: expected 1 argument, got 0
(println (message (lambda () (apply car '(3))))) ; expect: car: expected a cons, got 3
(println (message (lambda () (slurp "/no/such/file")))) ; expect: slurp: cannot read "/no/such/file": No such file or directory
