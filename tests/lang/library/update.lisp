(println (update {:a 1} :a + 10)) ; expect: {:a 11}
(println (update {:a 1 :b 2} :a -)) ; expect: {:a -1 :b 2}
(println (update {} :n list 1 2)) ; expect: {:n (nil 1 2)}
(println (update nil :n (lambda (x) x))) ; expect: {:n nil}
(println (update <<1 2>> 1 * 5)) ; expect: <<1 10>>
(println (update <<1 2>> 2 (lambda (x) 3))) ; expect: <<1 2 3>>
(define m {:a '(1) :b 2})
(println (update m :a (lambda (x) (cons 0 x))) m) ; expect: {:a (0 1) :b 2} {:a (1) :b 2}
(println (update #pmap{:a 1} :a + 1)) ; expect: #pmap{:a 2}
