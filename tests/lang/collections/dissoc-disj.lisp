(define m {:a 1 :b 2 :c 3})
(println (%dissoc m :b) (%dissoc m :a :c :x) m (%dissoc #pmap{1 2} 1)) ; expect: {:a 1 :c 3} {:b 2} {:a 1 :b 2 :c 3} #pmap{}
(define s #{1 2 3})
(println (%disj s 2) (%disj s 1 2 3 4) s (%disj #pset{'a} 'a)) ; expect: #{1 3} #{} #{1 2 3} #pset{}
