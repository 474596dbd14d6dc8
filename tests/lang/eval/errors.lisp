(define (message form) (try (eval form) (catch (e) (error-message e))))
(println (message '(car 5))) ; expect: car: expected a cons, got 5
(println (message 'no-such-name)) ; expect: unbound variable: no-such-name
(println (message '(if))) ; expect: if: expected 2 or 3 arguments, got 0
(println (message '(lambda (1) 2))) ; expect: lambda: parameters must be symbols, got 1
(println (message '((lambda (x) x)))) ; expect: lambda: expected 1 argument, got 0
(println (message '(error "mine" 1))) ; expect: mine
(println (try (eval) (catch (e) (error-message e)))) ; expect: eval: expected 1 argument, got 0
(println (vector-ref (error-place (try (eval '(car 5)) (catch (e) e))) 1)) ; expect: 9
(define (nest n acc) (if (= n 0) acc (nest (- n 1) (list 'list acc))))
(println (message (nest 20000 1))) ; expect: nested too deeply (more than 10000 levels)
