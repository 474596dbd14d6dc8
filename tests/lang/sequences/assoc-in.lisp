(define m {:a {:b 1} :c 2})
(println (assoc-in m '(:a :b) 9) (assoc-in m <<:a :z>> 9) (assoc-in m '(:c) 9) m) ; expect: {:a {:b 9} :c 2} {:a {:b 1 :z 9} :c 2} {:a {:b 1} :c 9} {:a {:b 1} :c 2}
(println (assoc-in nil '(:x :y :z) 1) (assoc-in {} '(1) 2) (assoc-in {:a nil} '(:a :b) 1)) ; expect: {:x {:y {:z 1}}} {1 2} {:a {:b 1}}
(println (assoc-in <<<<1 2>> <<3 4>>>> '(1 0) 'x) (assoc-in {:v <<1>>} '(:v 1) 2) (assoc-in <<>> '(0 :k) 1)) ; expect: <<<<1 2>> <<x 4>>>> {:v <<1 2>>} <<{:k 1}>>
(define (grid v i) (if (= i 40000) v (grid (assoc-in v (list (remainder i 200) (quotient i 200)) i) (+ i 1))))
(println (get-in (grid (make-vector 200 (make-vector 200 0)) 0) '(199 199))) ; expect: 39999
