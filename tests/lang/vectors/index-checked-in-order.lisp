;; An operand is checked when it is evaluated, whatever a later one of the same call tells of its variable.
(define (walk next item n) (if (> n 0) (walk (+ next 1) item (- n 1)) (list next item)))
(define (start i v) (walk (+ i 1) (vector-ref v i) 3))
(define (message i v) (try (start i v) (catch (e) (error-message e))))
(println (start 1 <<10 20 30>>)) ; expect: (5 20)
(println (message "x" <<1 2 3>>)) ; expect: +: expected a number, got "x"
(println (message nil (list 1 2))) ; expect: +: expected a number, got nil
(println (message 1/2 <<1 2 3>>)) ; expect: vector-ref: expected an integer index, got 1/2
(println (message 9223372036854775807 <<1 2 3>>)) ; expect: vector-ref: index 9223372036854775807 out of bounds for length 3
(println (message 9223372036854775808 <<1 2 3>>)) ; expect: vector-ref: index 9223372036854775808 out of bounds for length 3
