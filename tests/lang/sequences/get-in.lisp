(define m {:a {:b <<10 {:c "x"}>>} :n nil})
(println (get-in m '(:a :b 0)) (get-in m <<:a :b 1 :c>>) (get-in m nil) (get-in m '(:a :b 1 :c 0))) ; expect: 10 x {:a {:b <<10 {:c "x"}>>} :n nil} x
(println (get-in m '(:z :b)) (get-in m '(:z) 'd) (get-in m '(:n) 'd) (get-in m '(:n :x) 'd) (get-in 5 '(1) 'd)) ; expect: nil d nil d d
(println (get-in <<<<1 2>> <<3 4>>>> <<1 0>>) (get-in #{5} '(5))) ; expect: 3 5
