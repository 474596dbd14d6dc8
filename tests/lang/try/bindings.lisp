; the name of the catch is an ordinary local variable
(define e 'global)
(println (try (car 1) (catch (e) (error? e))) e) ; expect: t global
(define (map-like f) (list (f 1) (f 2)))
(define (both f) (list (f 1) (f '(2))))
(println (both (lambda (e) (try (car e) (catch (e) (error-data e)))))) ; expect: ((1) 2)
(define kept (try (car 1) (catch (e) (lambda () (error-message e)))))
(println (kept)) ; expect: car: expected a cons, got 1
(define try-value (try (define inside 5) (catch (e) nil)))
(println try-value inside) ; expect: 5 5
