(println (%conj '(b c) 'a) (%conj nil 1 2) (%conj <<1 2>> 3 4) (%conj #{1} 2 1) (%conj #pvec[1] 2) (%conj #pset{} 1)) ; expect: (a b c) (2 1) <<1 2 3 4>> #{1 2} #pvec[1 2] #pset{1}
(println (%conj {:a 1} <<:b 2>> (cons :c 3) '(:d 4)) (%conj #pmap{} <<1 2>>)) ; expect: {:a 1 :b 2 :c 3 :d (4)} #pmap{1 2}
