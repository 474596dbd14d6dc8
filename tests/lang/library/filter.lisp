(println (filter number? '(1 a 2 b))) ; expect: (1 2)
(println (filter number? nil)) ; expect: nil
(println (filter number? '(a b))) ; expect: nil
(println (filter (lambda (x) (< x 3)) <<1 2 3 4>>)) ; expect: (1 2)
(println (filter (lambda (c) (eq c "a")) "banana")) ; expect: ("a" "a" "a")
(define xs '(1 2 3))
(println (filter (lambda (x) (< 1 x)) xs) xs) ; expect: (2 3) (1 2 3)
