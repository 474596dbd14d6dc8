(define m {:a 1})
(println (%assoc m :b 2 :a 3) m (%assoc nil 'k 'v) (%assoc #pmap{} 1 2)) ; expect: {:a 3 :b 2} {:a 1} {k v} #pmap{1 2}
(define v <<1 2 3>>)
(println (%assoc v 1 'two) (%assoc v 3 4 4 5) v (%assoc #pvec[1] 0 'x)) ; expect: <<1 two 3>> <<1 2 3 4 5>> <<1 2 3>> #pvec[x]
