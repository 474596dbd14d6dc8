(println (merge) (merge nil) (merge {}) (merge {:a 1} {:b 2} nil {:a 3})) ; expect: nil nil {} {:a 3 :b 2}
(define m {:a 1 :b 2})
(println (merge m m) (merge m {:c 3}) (merge nil m) (merge #pmap{1 2} m) m) ; expect: {:a 1 :b 2} {:a 1 :b 2 :c 3} {:a 1 :b 2} #pmap{1 2 :a 1 :b 2} {:a 1 :b 2}
(define (fill m i n) (if (= i n) m (fill (assoc m i i) (+ i 1) n)))
(println (count (merge (fill {} 0 60000) (fill {} 30000 90000)))) ; expect: 90000
