(println (equal? {:a 1 :b 2} {:b 2 :a 1}) (equal? #{1 2} #{2 1}) (equal? {:a 1} {:a 2}) (equal? #{1} #{1 2})) ; expect: t t nil nil
(println (equal? {:a <<1 {2 3}>>} {:a <<1 {2 3}>>}) (equal? {:a 1} #pmap{:a 1}) (equal? <<1>> #pvec[1]) (equal? {1 2} {1.0 2})) ; expect: t nil nil nil
(println (equal? (%reduced '(1)) (%reduced (list 1))) (eq {:a 1} {:a 1})) ; expect: t nil
