; A vector of numbers of one type is stored packed; one that became such by an update is not. Nobody can tell.
(define a <<1 2 3>>)
(define b (vector-set (vector 1 'x 3) 1 2))
(define c (vector-set (vector 1 2.5 3) 1 2))
(println (equal? a b) (equal? b a) (equal? b c) (equal? <<1.0 2.0 3.0>> a)) ; expect: t t t nil
(println (get {<<1 2 3>> 'found} b) (count (hash-set a b c)) (contains? #{b} a)) ; expect: found 1 t
(println a b c (list a b c)) ; expect: <<1 2 3>> <<1 2 3>> <<1 2 3>> (<<1 2 3>> <<1 2 3>> <<1 2 3>>)
(println (equal? <<0.0>> (vector-set (vector 'x) 0 -0.0)) (equal? <<+nan.0>> <<+nan.0>>)) ; expect: t nil
(println (number? (vector-ref a 0)) (+ 1 (vector-ref <<0.5>> 0)) (eq (vector-ref a 1) (vector-ref b 1))) ; expect: t 1.5 t
(println (conj <<1>> 2.5) (conj <<>> 1 2) (conj <<1.5>> 'a) (assoc <<1 2>> 0 'a 2 3)) ; expect: <<1 2.5>> <<1 2>> <<1.5 a>> <<a 2 3>>
(println (vector 9223372036854775807 -9223372036854775808) (vector 9223372036854775808 1)) ; expect: <<9223372036854775807 -9223372036854775808>> <<9223372036854775808 1>>
