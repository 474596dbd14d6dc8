(println {:a 1 :b (+ 1 1)} {} '{a (+ 1 2)}) ; expect: {:a 1 :b 2} {} {a (+ 1 2)}
(println {:k 1 :k 2}) ; expect: {:k 2}
