; A vector made of a range at once.
(define (indices n) (list->vector (range n)))
(println (indices 5) (indices 0) (indices -3)) ; expect: <<0 1 2 3 4>> <<>> <<>>
(println (list->vector (range 2 6)) (list->vector (range 10 0 -3))) ; expect: <<2 3 4 5>> <<10 7 4 1>>
(println (list->vector (range 0 1 1/3)) (list->vector (range 1.0 2.0 0.25))) ; expect: <<0 1/3 2/3>> <<1.0 1.25 1.5 1.75>>
(println (list->vector (range 9223372036854775805 9223372036854775807))) ; expect: <<9223372036854775805 9223372036854775806>>
(println (list->vector (range 9223372036854775806 9223372036854775809))) ; expect: <<9223372036854775806 9223372036854775807 9223372036854775808>>
(println (list->vector (range -9223372036854775808 9223372036854775807 9223372036854775807))) ; expect: <<-9223372036854775808 -1 9223372036854775806>>
(println (vector-map (lambda (i) (* i 1.5)) (indices 3)) (vector-set (indices 3) 1 'x)) ; expect: <<0.0 1.5 3.0>> <<0 x 2>>
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (list->vector (range 0 5 0))))) ; expect: range: expected a step other than zero, got 0
(println (message (lambda () (indices 'a)))) ; expect: range: expected a number, got a
(println (message (lambda () (indices 1e308)))) ; expect: range: expected an end for which the list fits memory, got 1e308
(println (message (lambda () (list->vector (range 0 9223372036854775807))))) ; expect: range: expected an end for which the list fits memory, got 9223372036854775807
(list->vector
 (range (car '(1 . 2)) (cdr '(1 . b)))) ; expect error: range: expected a number, got b
