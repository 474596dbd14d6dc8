(foreign (labs (long) long))
(println (try (apply labs '(1 2)) (catch (e) (error-message e)))) ; expect: labs: expected 1 argument, got 2
(let ((f labs)) (f)) ; expect error: labs: expected 1 argument, got 0
