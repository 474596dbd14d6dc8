(println (getenv "CONSAIR_NO_SUCH_VARIABLE") (getenv "") (getenv "a=b") (getenv "a\0b")) ; expect: nil nil nil nil
(println (string? (getenv "PATH"))) ; expect: t
(println (command-line)) ; expect: nil
(println (integer? (current-time)) (< (* (- (now) 5) 1000000000) (current-time) (* (+ (now) 5) 1000000000))) ; expect: t t
(println (read-line) (read)) ; expect: nil :eof
(define (message thunk) (try (thunk) (catch (e) (error-message e))))
(println (message (lambda () (command-line 1)))) ; expect: command-line: expected 0 arguments, got 1
(println (message (lambda () (getenv)))) ; expect: getenv: expected 1 argument, got 0
(println (message (lambda () (exit 1 2)))) ; expect: exit: expected 0 to 1 argument, got 2
(println (message (lambda () (read-line 1)))) ; expect: read-line: expected 0 arguments, got 1
(println (message (lambda () (exit -1)))) ; expect: exit: expected an integer from 0 to 255, got -1
(println (message (lambda () (exit 256)))) ; expect: exit: expected an integer from 0 to 255, got 256
(println (message (lambda () (exit "a")))) ; expect: exit: expected an integer from 0 to 255, got "a"
