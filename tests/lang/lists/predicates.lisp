(println (list? nil) (list? '(1 2)) (list? '(1 . 2)) (list? '(1 2 . 3)) (list? <<1>>) (list? 5)) ; expect: t t nil nil nil nil
(println (vector? <<>>) (vector? #pvec[1]) (vector? '(1)) (vector? "v") (vector? nil)) ; expect: t t nil nil nil
(println (map? {}) (map? #pmap{1 2}) (map? #{1}) (map? nil) (map? '((a . 1)))) ; expect: t t nil nil nil
(println (set? #{}) (set? #pset{1}) (set? {}) (set? <<1>>)) ; expect: t t nil nil
(println (function? car) (function? (lambda (x) x)) (function? 'car) (function? nil)) ; expect: t t nil nil
(println (list? (range 1000000))) ; expect: t
(defmacro m (x) x)
(println (function? m)) ; expect: nil
