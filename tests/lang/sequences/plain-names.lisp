(println (seq <<1 2>>) (seq {:a 1}) (seq "ab") (seq #{1}) (seq nil) (seq 5)) ; expect: (1 2) (<<:a 1>>) ("a" "b") (1) nil nil
(println (first <<1 2>>) (first nil) (rest '(1 2 3)) (next '(1)) (rest "abc")) ; expect: 1 nil (2 3) nil ("b" "c")
(println (count nil) (count '(1 2)) (count {:a 1}) (count #{1 2}) (count "äb") (count <<>>)) ; expect: 0 2 1 2 2 0
(println (get {:a 1} :a) (get {:a 1} :b) (get {:a 1} :b 'd) (get <<1 2>> 1) (get #{5} 5) (get "ab" 0)) ; expect: 1 nil d 2 5 a
(println (conj '(1) 2 3) (conj <<1>> 2 3) (conj #{1} 2) (conj {} <<:a 1>> '(:b . 2)) (conj nil 1)) ; expect: (3 2 1) <<1 2 3>> #{1 2} {:a 1 :b 2} (1)
(println (hash-map) (hash-map :a 1 :b 2 :a 3) (hash-set 1 2 1) (hash-set)) ; expect: {} {:a 3 :b 2} #{1 2} #{}
(println (empty? nil) (empty? <<>>) (empty? "") (empty? {:a 1}) (empty? 5)) ; expect: t t t nil nil
(println (contains? {:a nil} :a) (contains? #{1} 2) (contains? <<5>> 0) (contains? '(1) 1)) ; expect: t nil t nil
(println (keys {:a 1 :b 2}) (vals {:a 1 :b 2}) (keys {}) (dissoc {:a 1 :b 2} :a :z) (disj #{1 2 3} 1 3)) ; expect: (:a :b) (1 2) nil {:b 2} #{2}
(println (reduced 5) (reduced? (reduced 5)) (reduced? 5) (unreduced (reduced 5)) (unreduced 5)) ; expect: #reduced(5) t nil 5 5
