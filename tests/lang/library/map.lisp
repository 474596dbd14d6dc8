(println (map (lambda (x) (* x x)) '(1 2 3))) ; expect: (1 4 9)
(println (map car '((a 1) (b 2)))) ; expect: (a b)
(println (map car nil)) ; expect: nil
(println (map + '(1 2 3) '(10 20 30))) ; expect: (11 22 33)
(println (map list '(1 2 3) '(a b))) ; expect: ((1 a) (2 b))
(println (map list '(1) '(a b))) ; expect: ((1 a))
(println (map list '(1 2) '(a b) '(x y z))) ; expect: ((1 a x) (2 b y))
(println (map + '(1 2) nil '(3))) ; expect: nil
(println (map (lambda (x) (* 2 x)) <<1 2>>)) ; expect: (2 4)
(println (map (lambda (c) (list c)) "aé")) ; expect: (("a") ("é"))
(println (map (lambda (e) (vector-ref e 1)) {:a 1 :b 2})) ; expect: (1 2)
(println (map - #{1 2} #pvec[5 6] '(0 0))) ; expect: (-4 -4)
(map println '(first second)) ; expect: first
; expect: second
