(define alist '((a . 1) ("b" 2) (<<3>> . c) (a . 4)))
(println (assoc 'a alist) (assoc "b" alist) (assoc <<3>> alist) (assoc 'z alist) (assoc 'a nil)) ; expect: (a . 1) ("b" 2) (<<3>> . c) nil nil
(println (assoc {} :a 1) (assoc {:a 1} :a 2 :b 3) (assoc <<1>> 1 2) (assoc nil 'k 'v)) ; expect: {:a 1} {:a 2 :b 3} <<1 2>> {k v}
(println (assoc 1 '((1.0 . x) (1 . y))) (eq (assoc 'a alist) (car alist))) ; expect: (1 . y) t
(println (assoc 'a '((a . 1) . 5))) ; expect: (a . 1)
