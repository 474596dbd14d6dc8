; vector-map over two vectors, and over more.
(println (vector-map + <<1 2 3>> <<10 20 30>>)) ; expect: <<11 22 33>>
(println (vector-map cons '<<a b c>> <<1 2>>) (vector-map cons '<<a>> <<1 2>>)) ; expect: <<(a . 1) (b . 2)>> <<(a . 1)>>
(println (vector-map + <<>> <<1>>) (vector-map + <<1>> <<>>)) ; expect: <<>> <<>>
(println (vector-map + <<1 2>> <<0.5 1/2>>)) ; expect: <<1.5 5/2>>
(println (vector-map list <<1 2>> '<<a b>> '<<x y z>>)) ; expect: <<(1 a x) (2 b y)>>
; In order, and the operands stay what they are.
(define log nil)
(define shared (vector (list 1) (list 2)))
(println (vector-map (lambda (x y) (println x y) (cons x y)) shared shared) shared)
; expect: (1) (1)
; expect: (2) (2)
; expect: <<((1) 1) ((2) 2)>> <<(1) (2)>>
(let ((v (vector "a" "b"))) (println (vector-map string-append v v) v)) ; expect: <<"aa" "bb">> <<"a" "b">>
(println (vector-map string-append (vector "a" "b") (vector "c" "d"))) ; expect: <<"ac" "bd">>
(println (vector-map + #pvec[1 2] <<3 4>>)) ; expect: <<4 6>>
; Errors leave nothing behind, and come where they happen.
(println (try (vector-map (lambda (x y) (if (= x 2) (error "two" x y) (list x))) (vector 1 2 3) (vector (list 'p) (list 'q) 'r)) (catch (e) (error-data e)))) ; expect: (2 (q))
(println (try (vector-map + <<1>> '(2)) (catch (e) (error-message e)))) ; expect: vector-map: expected a vector, got (2)
(println (try (vector-map + 1 <<1>>) (catch (e) (error-message e)))) ; expect: vector-map: expected a vector, got 1
(println (try (vector-map 1 <<1>> <<2>>) (catch (e) (error-message e)))) ; expect: vector-map: expected a function, got 1
