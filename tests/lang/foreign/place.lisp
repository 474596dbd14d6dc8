; an operand that C cannot take is an error at the call, not at the declaration
(foreign (labs (long) long))
(define (f x) (+ 1 (labs x)))
(println (try (f 'a) (catch (e) (vector-ref (error-place e) 1)))) ; expect: 3
(println (try (f 'a) (catch (e) (error-data e)))) ; expect: (a)
(println (try (apply labs '(1.5)) (catch (e) (vector-ref (error-place e) 1)))) ; expect: 6
(println (f -4)) ; expect: 5
(labs "x") ; expect error: labs: expected an integer of 64 bits, got "x"
