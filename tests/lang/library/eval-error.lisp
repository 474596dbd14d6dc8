(println (try (eval '(map 1 2)) (catch (e) (error-message e)))) ; expect: map: expected a function, got 1
(map 1 2) ; expect error: map: expected a function, got 1
