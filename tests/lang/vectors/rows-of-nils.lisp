; Rows of a matrix that was made of nils, some of them still nil; tables of sums that overflow; lists in slots that were nil
(define (table n f) (let loop ((i 0) (m (make-vector n nil))) (if (= i n) m (loop (+ i 1) (vector-set m i (let row ((j 0) (r (make-vector n 0))) (if (= j n) r (row (+ j 1) (vector-set r j (f i j))))))))))
(define (at m i j) (vector-ref (vector-ref m i) j))
(define (put m i j x) (vector-set m i (vector-set (vector-ref m i) j x)))
(define (paths m n)
  (let rows ((i 1) (m m))
    (if (= i n) m
      (let cols ((j 1) (m m)) (if (= j n) (rows (+ i 1) m) (cols (+ j 1) (put m i j (+ (at m (- i 1) j) (at m i (- j 1))))))))))
(println (paths (table 5 (lambda (i j) 1)) 5))
; expect: <<<<1 1 1 1 1>> <<1 2 3 4 5>> <<1 3 6 10 15>> <<1 4 10 20 35>> <<1 5 15 35 70>>>>
(println (vector-ref (paths (table 40 (lambda (i j) 1)) 40) 39))
; expect: <<1 40 820 11480 123410 1086008 8145060 53524680 314457495 1677106640 8217822536 37353738800 158753389900 635013559600 2403979904200 8654327655120 29749251314475 97997533741800 310325523515700 947309492837400 2794563003870330 7984465725343800 22138745874816900 59678358445158600 156655690918541325 401038568751465792 1002596421878664480 2450791253481179840 5864393356544251760 13750991318793417920 31627280033224861216 71416438784701299520 158455223553556008310 345720487753213109040 742282223705428145880 1569396701548619508432 3269576461559623975900 6715886785906254653200 13608507434599516007800 27217014869199032015600>>
(define (twice m n) (list (at (paths m n) 2 2) (at m 2 2)))
(println (twice (table 4 (lambda (i j) (+ i j))) 4) (twice (table 3 (lambda (i j) 9223372036854775807)) 3))
; expect: (8 4) (55340232221128654842 9223372036854775807)
(define (partly n k) (let loop ((i 0) (m (make-vector n nil))) (if (= i k) m (loop (+ i 1) (vector-set m i (make-vector n i))))))
(define (diagonal m i s) (if (= i (vector-length m)) s (diagonal m (+ i 1) (+ s (at m i i)))))
(println (diagonal (partly 4 4) 0 0) (try (diagonal (partly 4 3) 0 0) (catch (e) (error-message e))))
; expect: 6 vector-ref: expected a vector, got nil
(define (column m j) (let loop ((i 0) (s nil)) (if (= i (vector-length m)) s (loop (+ i 1) (cons (at m i j) s)))))
(println (column (partly 3 3) 2) (try (column (partly 3 3) 3) (catch (e) (error-message e))) (try (column (partly 3 3) 'a) (catch (e) (error-message e))))
; expect: (2 1 0) vector-ref: index 3 out of bounds for length 3 vector-ref: expected an integer index, got a
(define (transpose m n) (table n (lambda (i j) (at m j i))))
(println (transpose (table 3 (lambda (i j) (+ (* 3 i) j 0.5))) 3) (transpose (table 2 (lambda (i j) (list i j))) 2))
; expect: <<<<0.5 3.5 6.5>> <<1.5 4.5 7.5>> <<2.5 5.5 8.5>>>> <<<<(0 0) (1 0)>> <<(0 1) (1 1)>>>>
(define (maybe m i) (if (vector-ref m i) (vector-ref (vector-ref m i) 0) 'none))
(println (maybe (partly 3 1) 0) (maybe (partly 3 1) 1))
; expect: 0 none
(define (buckets keys n) (let loop ((ks keys) (b (make-vector n nil))) (if ks (loop (cdr ks) (let ((i (remainder (car ks) n))) (vector-set b i (cons (car ks) (vector-ref b i))))) b)))
(define (find b k) (let loop ((xs (vector-ref b (remainder k (vector-length b))))) (cond ((nil? xs) nil) ((= k (car xs)) t) (t (loop (cdr xs))))))
(println (buckets '(1 5 9 2 7) 4) (find (buckets '(1 5 9 2 7) 4) 5) (find (buckets '(1 5 9 2 7) 4) 4) (find (buckets '(1) 4) 3))
; expect: <<nil (9 5 1) (2) (7)>> t nil nil
(define (grow v i n) (if (= i n) v (grow (vector-set v i (+ (vector-ref v i) (vector-ref v (- i 1)))) (+ i 1) n)))
(define (grown n k) (let loop ((i 0) (m (make-vector n nil))) (if (= i n) m (loop (+ i 1) (vector-set m i (grow (make-vector n (* k (+ i 1))) 1 n))))))
(println (grown 3 4611686018427387904) (diagonal (grown 4 2305843009213693952) 0 0) (column (grown 3 4611686018427387903) 1))
; expect: <<<<4611686018427387904 9223372036854775808 13835058055282163712>> <<9223372036854775808 18446744073709551616 27670116110564327424>> <<13835058055282163712 27670116110564327424 41505174165846491136>>>> 69175290276410818560 (27670116110564327418 18446744073709551612 9223372036854775806)
(define (memo n) (let loop ((i 2) (v (vector-set (vector-set (make-vector (+ n 1) nil) 0 0) 1 1))) (if (> i n) v (loop (+ i 1) (vector-set v i (+ (vector-ref v (- i 1)) (vector-ref v (- i 2))))))))
(println (vector-ref (memo 90) 90) (vector-ref (memo 100) 100))
; expect: 2880067194370816120 354224848179261915075
