(println (member 2 '(1 2 3)) (member 9 '(1 2 3)) (member 'a nil)) ; expect: (2 3) nil nil
(println (member '(1 "x") '(0 (1 "x") <<1>>)) (member <<1>> '(0 <<1>>)) (member 1 '(1.0 1))) ; expect: ((1 "x") <<1>>) (<<1>>) (1)
(define xs (list 1 2 3))
(println (eq (member 2 xs) (cdr xs)) (member nil '(1 nil 2))) ; expect: t (nil 2)
(println (member 2 <<1 2 3>>) (member "b" "abc") (member <<:k 1>> {:j 0 :k 1}) (member 3 #{1 3})) ; expect: (2 3) ("b" "c") (<<:k 1>>) (3)
(println (member 999999 (range 1000000)) (member 2 '(1 2 . 3))) ; expect: (999999) (2 . 3)
