; Vectors of a few items of which nothing is known: packed where all are ints or all are floats, which no program can tell.
(define values (list 1 2.5 nil t "s" '(1) <<2>> 'a (expt 10 30) 1/2 :k))
(define (three a b c) (vector a b c))
(define (two a b) (vector a b))
(define (nth-of k) (nth values (remainder k 11)))
(define (check i j k)
  (let ((v (three (nth-of i) (nth-of j) (nth-of k))))
    (and (equal? v (list->vector (list (nth-of i) (nth-of j) (nth-of k))))
         (equal? (vector-set v 1 2.5) (three (nth-of i) 2.5 (nth-of k)))
         (equal? (vector-set v 1 7) (three (nth-of i) 7 (nth-of k)))
         (equal? (two (nth-of i) (nth-of j)) (subvector v 0 2)))))
(println (do ((n 0 (+ n 1))
              (good 0 (if (check n (quotient n 11) (quotient n 121)) (+ good 1) good)))
             ((= n 1331) good))) ; expect: 1331
(println (three 1 2 3) (three 1.5 2.5 3.5) (three 1 2.5 3) (three nil nil nil) (three t nil t)) ; expect: <<1 2 3>> <<1.5 2.5 3.5>> <<1 2.5 3>> <<nil nil nil>> <<t nil t>>
(println (vector-map + (three 1 2 3) (three 0.5 1 2)) (vector-fold + 0 (three 1 2 3))) ; expect: <<1.5 3 5>> 6
(println (hash-map (three 1 2 3) 'ints (two 1 2) 'two)) ; expect: {<<1 2 3>> ints <<1 2>> two}
