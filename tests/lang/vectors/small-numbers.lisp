; Small vectors of numbers whose length is known: changed where others hold them too, ended, and literals, which are for ever.
(define (swap v i j) (let ((x (vector-ref v i))) (vector-set (vector-set v i (vector-ref v j)) j x)))
(define (reverse-all v n) (do ((i 0 (+ i 1)) (v v (swap v i (- n 1 i)))) ((>= (* 2 i) (- n 1)) v)))
(define five (list->vector (range 5)))
(println (reverse-all five 5) five (reverse-all (reverse-all five 5) 5)) ; expect: <<4 3 2 1 0>> <<0 1 2 3 4>> <<0 1 2 3 4>>
(define (halves v) (do ((i 0 (+ i 1)) (v v (vector-set v i (/ (vector-ref v i) 2.0)))) ((= i 3) v)))
(define (sums n)
  (let loop ((i 0) (v (vector 1.0 2.0 4.0)) (sum 0.0))
    (if (= i n)
        (list v sum)
        (let ((w (halves v))) (loop (+ i 1) v (+ sum (vector-ref w 0) (vector-ref w 1) (vector-ref w 2)))))))
(println (sums 1000)) ; expect: (<<1.0 2.0 4.0>> 3500.0)
(define (literal n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s (vector-ref (vector-set <<1 2 3>> 1 i) 1))))))
(println (literal 10) (literal 0)) ; expect: 45 0
(define (keep n) (let loop ((i 0) (v (make-vector 4 0)) (kept nil)) (if (= i n) kept (loop (+ i 1) (vector-set v i (* i i)) (cons v kept)))))
(println (keep 4)) ; expect: (<<0 1 4 0>> <<0 1 0 0>> <<0 0 0 0>> <<0 0 0 0>>)
(define (one x) (let loop ((i 0) (v (vector x)) (s 0)) (if (= i 3) (list v s) (loop (+ i 1) v (+ s (vector-ref (vector-set v 0 i) 0))))))
(println (one 7) (one 0)) ; expect: (<<7>> 3) (<<0>> 3)
(define (sixteen k) (let ((v (make-vector 16 k))) (list (vector-ref (vector-set v 15 1) 15) (vector-ref v 15) (vector-set v 8 2))))
(println (sixteen 0)) ; expect: (1 0 <<0 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0>>)
(define (grown n) (let ((v (vector-append (make-vector 2 1) (make-vector 1 2)))) (list (vector-set v 0 n) v)))
(println (grown 5)) ; expect: (<<5 1 2>> <<1 1 2>>)
(vector-set (reverse-all five 5) 5 0) ; expect error: vector-set: index 5 out of bounds for length 5
