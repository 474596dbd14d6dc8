; Loops that change vectors of ints or floats by sums that may not fit: as soon as one does not, the vector is one of values.
(define (add-all v xs) (let loop ((xs xs) (v v)) (if xs (loop (cdr xs) (vector-set v 1 (+ (vector-ref v 1) (car xs)))) v)))
(println (add-all (make-vector 3 0) '(1 2 3)) (add-all (make-vector 3 4611686018427387904) '(1 4611686018427387904 5 -1))) ; expect: <<0 6 0>> <<4611686018427387904 9223372036854775813 4611686018427387904>>
(println (add-all (make-vector 3 0) '(1 1/2 1/2)) (add-all (make-vector 2 1.5) '(1 2)) (add-all (make-vector 2 1) '(1 2.5 1))) ; expect: <<0 2 0>> <<1.5 4.5>> <<1 5.5>>
(define (fibs n)
  (let loop ((i 2) (v (make-vector n 1)))
    (if (= i n) v (loop (+ i 1) (vector-set v i (+ (vector-ref v (- i 1)) (vector-ref v (- i 2))))))))
(println (vector-ref (fibs 91) 90) (vector-ref (fibs 100) 99) (vector-ref (fibs 100) 10)) ; expect: 4660046610375530309 354224848179261915075 89
(define (take best w x cap)
  (let loop ((c cap) (best best))
    (if (< c w)
        best
        (let ((with (+ x (vector-ref best (- c w)))))
          (loop (- c 1) (if (> with (vector-ref best c)) (vector-set best c with) best))))))
(define (pack things cap) (let loop ((t1 things) (best (make-vector (+ cap 1) 0))) (if t1 (loop (cdr t1) (take best (car (car t1)) (cdr (car t1)) cap)) best)))
(println (pack '((2 . 3) (3 . 4) (4 . 5)) 6) (vector-ref (pack '((1 . 9223372036854775807) (1 . 5) (2 . 1)) 3) 3)) ; expect: <<0 0 3 4 5 7 8>> 9223372036854775812
(println (vector-ref (pack '((1 . 9223372036854775807) (1 . 5) (1 . 1)) 2) 2)) ; expect: 9223372036854775812
; Shared ones are copied on the way.
(define kept (make-vector 4 9223372036854775800))
(println (add-all kept '(1 2 3)) (add-all kept '(4 4)) kept) ; expect: <<9223372036854775800 9223372036854775806 9223372036854775800 9223372036854775800>> <<9223372036854775800 9223372036854775808 9223372036854775800 9223372036854775800>> <<9223372036854775800 9223372036854775800 9223372036854775800 9223372036854775800>>
(define (bump v n) (if (= n 0) v (bump (let ((i (remainder n 4))) (vector-set v i (* 3 (vector-ref v i)))) (- n 1))))
(println (bump kept 2) (bump (make-vector 4 1) 100)) ; expect: <<9223372036854775800 27670116110564327400 27670116110564327400 9223372036854775800>> <<847288609443 847288609443 847288609443 847288609443>>
(define (apart i j) (if (> i j) (- i j) (if (= i j) 0 (- i j))))
(println (apart 9223372036854775807 -1) (apart -9223372036854775808 9223372036854775807) (apart 5 3) (apart 3 5)) ; expect: 9223372036854775808 -18446744073709551615 2 -2
(println (try (take (make-vector 3 0) -2 1 2) (catch (e) (error-message e)))) ; expect: vector-ref: index 4 out of bounds for length 3
