; try inside lambdas, called in every way
(define safe (lambda (f . xs) (try (apply f xs) (catch (e) (list 'failed (error-message e))))))
(println (safe + 1 2)) ; expect: 3
(println (safe car 1)) ; expect: (failed "car: expected a cons, got 1")
(println (apply safe (list car (list 4 5)))) ; expect: 4
(println (apply (lambda (x) (try (car x) (catch (e) x))) '(9))) ; expect: 9
(println ((lambda (f) (f 3)) (lambda (n) (try (error "n" n) (catch (e) (car (error-data e))))))) ; expect: 3
(define (make k) (lambda (x) (try (if (= x k) (error "hit" x) x) (catch (e) (list k (error-data e))))))
(println ((make 2) 1) ((make 2) 2)) ; expect: 1 (2 (2))
