(println (update-in {:a {:b 1}} '(:a :b) + 1)) ; expect: {:a {:b 2}}
(println (update-in {:a {:b 1}} <<:a :b>> + 1)) ; expect: {:a {:b 2}}
(println (update-in nil '(:x :y) (lambda (v) 1))) ; expect: {:x {:y 1}}
(println (update-in {:a <<1 {:b 2}>>} '(:a 1 :b) * 21)) ; expect: {:a <<1 {:b 42}>>}
(println (update-in {:a 1 :b {:c 2} :d 3} '(:b :c) -)) ; expect: {:a 1 :b {:c -2} :d 3}
(define m {:a {:b 1}})
(println (update-in m '(:a :b) + 1) m) ; expect: {:a {:b 2}} {:a {:b 1}}
