; When f fails the map is as it was.
(define m {:a '(1) :b 2})
(println (try (update m :a car 1) (catch (e) m))) ; expect: {:a (1) :b 2}
(println (try (update-in m '(:a) car 1 2) (catch (e) m))) ; expect: {:a (1) :b 2}
