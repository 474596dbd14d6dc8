; an error goes to the innermost try around it; one in a handler goes to the next
(println (try (try (car 1) (catch (e) (list 'inner (error-data e)))) (catch (e) 'outer))) ; expect: (inner (1))
(println (try (try (car 1) (catch (e) (cdr 2))) (catch (e) (error-message e)))) ; expect: cdr: expected a cons, got 2
(println (try (+ 1 (try (car 1) (catch (e) (raise e)))) (catch (e) (error-message e)))) ; expect: car: expected a cons, got 1
(println (try (try 1 (catch (e) 2)) (catch (e) 3))) ; expect: 1
(define (levels n) (try (if (= n 0) (error "bottom") (levels (- n 1))) (catch (e) (raise e))))
(println (try (levels 1000) (catch (e) (error-message e)))) ; expect: bottom
(define (unwound n) (try (if (= n 0) (error "bottom") (levels (- n 1))) (catch (e) n)))
(println (unwound 50)) ; expect: 50
(println (try (try (error "a") (catch (e) (try (error "b") (catch (e) (error-message e))))) (catch (e) 'no))) ; expect: b
(println (try (try (error "a") (catch (e) (list (try (error "b") (catch (f) (error-message f))) (error-message e)))) (catch (e) 'no))) ; expect: ("b" "a")
