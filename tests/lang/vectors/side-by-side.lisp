; Loops around sums of floats, of which several turns run side by side (pass jam): how many are left over, inner loops that do not turn
; equally often, errors in one of the turns, effects between them, turns that need what the one before gave.
(define (vector-of n f) (list->vector (map f (range n))))
(define (matrix m n f) (vector-of m (lambda (i) (vector-of n (lambda (j) (f i j))))))
(define (dot a b)
  (do ((k 0 (+ k 1))
       (sum 0.0 (+ sum (* (vector-ref a k) (vector-ref b k)))))
      ((= k (vector-length a)) sum)))
(define (times m v) (vector-map (lambda (row) (dot row v)) m))
(define v (vector-of 30 (lambda (i) (+ i 0.5))))
(println (map (lambda (m) (times (matrix m 30 (lambda (i j) (* 1.0 (- i j)))) v)) (range 10))) ; expect: (<<>> <<-8772.5>> <<-8772.5 -8322.5>> <<-8772.5 -8322.5 -7872.5>> <<-8772.5 -8322.5 -7872.5 -7422.5>> <<-8772.5 -8322.5 -7872.5 -7422.5 -6972.5>> <<-8772.5 -8322.5 -7872.5 -7422.5 -6972.5 -6522.5>> <<-8772.5 -8322.5 -7872.5 -7422.5 -6972.5 -6522.5 -6072.5>> <<-8772.5 -8322.5 -7872.5 -7422.5 -6972.5 -6522.5 -6072.5 -5622.5>> <<-8772.5 -8322.5 -7872.5 -7422.5 -6972.5 -6522.5 -6072.5 -5622.5 -5172.5>>)
(println (times (vector-of 12 (lambda (i) (vector-of (if (= i 5) 29 (if (= i 6) 3 30)) (lambda (j) 1.0)))) v)) ; expect: <<450.0 450.0 450.0 450.0 450.0 420.5 4.5 450.0 450.0 450.0 450.0 450.0>>

; what is read by columns, down, from elsewhere
(define (column-sums m n)
  (vector-of n (lambda (j) (do ((i (- (vector-length m) 1) (- i 1)) (s 0.0 (+ s (vector-ref (vector-ref m i) j)))) ((< i 0) s)))))
(println (column-sums (matrix 40 7 (lambda (i j) (+ (* 0.25 i) j))) 7)) ; expect: <<195.0 235.0 275.0 315.0 355.0 395.0 435.0>>
(define (convolve x h)
  (let ((m (vector-length h)))
    (let loop ((i 0) (out (make-vector (- (vector-length x) m) 0.0)))
      (if (= i (vector-length out))
          out
          (loop (+ i 1) (vector-set out i (let at ((k 0) (s 0.0)) (if (= k m) s (at (+ k 1) (+ s (* (vector-ref h k) (vector-ref x (+ i k)))))))))))))
(println (convolve (vector-of 40 (lambda (i) (* 1.0 i))) (vector-of 25 (lambda (i) (if (< i 12) 0.5 -0.25))))) ; expect: <<-25.5 -22.75 -20.0 -17.25 -14.5 -11.75 -9.0 -6.25 -3.5 -0.75 2.0 4.75 7.5 10.25 13.0>>

; two sums at a time, the greatest of some, a fold over the sums, the least of them
(define (moments xs c)
  (do ((k 0 (+ k 1)) (s 0.0 (+ s (- (vector-ref xs k) c))) (q 0.0 (+ q (* (vector-ref xs k) c)))) ((= k 30) (- q s))))
(println (map (lambda (c) (moments v (* 0.5 c))) (range 6))) ; expect: (-450.0 -210.0 30.0 270.0 510.0 750.0)
(define (greatest row) (do ((k 0 (+ k 1)) (m -1.0 (max m (vector-ref row k)))) ((= k (vector-length row)) m)))
(println (vector-map greatest (matrix 9 33 (lambda (i j) (* 1.0 (remainder (* i j 7) 31)))))) ; expect: <<0.0 30.0 30.0 30.0 30.0 30.0 30.0 30.0 30.0>>
(define (total m) (do ((i 0 (+ i 1)) (t0 0.0 (+ t0 (dot (vector-ref m i) v)))) ((= i (vector-length m)) t0)))
(println (total (matrix 11 30 (lambda (i j) (* 0.5 (+ i j)))))) ; expect: 60623.75
(define (nearest m)
  (let loop ((i 0) (best -1) (least 1e300))
    (if (= i (vector-length m))
        best
        (let ((d (dot (vector-ref m i) v)))
          (if (< d least) (loop (+ i 1) i d) (loop (+ i 1) best least))))))
(println (nearest (matrix 10 30 (lambda (i j) (* 1.0 (- (* (- i 6) (- i 6)) j)))))) ; expect: 6

; products of matrices, one of which is made in the loop
(define (product a b)
  (vector-map (lambda (row)
                (vector-of (vector-length b)
                           (lambda (j) (do ((k 0 (+ k 1)) (s 0.0 (+ s (* (vector-ref row k) (vector-ref (vector-ref b k) j))))) ((= k (vector-length row)) s)))))
              a))
(define a (matrix 22 22 (lambda (i j) (if (= i j) 2.0 (if (= i (+ j 1)) 1.0 0.0)))))
(println (vector-ref (product (product a a) (product a a)) 21)) ; expect: <<0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 1.0 8.0 24.0 32.0 16.0>>

; what a turn gives is what the next one starts with
(define (running m) (do ((i 0 (+ i 1)) (s 1.0 (do ((k 0 (+ k 1)) (q s (+ q (* 0.5 (vector-ref (vector-ref m i) k))))) ((= k 30) q)))) ((= i (vector-length m)) s)))
(println (running (matrix 9 30 (lambda (i j) (* 1.0 (- i j)))))) ; expect: -1416.5

; effects and errors come in turn
(define (shown m) (do ((i 0 (+ i 1))) ((= i (vector-length m)) 'done) (println i (dot (vector-ref m i) v))))
; expect: 0 312.5
; expect: 1 312.5
; expect: 2 312.5
; expect: 3 312.5
; expect: 4 312.5
(println (shown (matrix 5 25 (lambda (i j) 1.0)))) ; expect: done
(define (spoilt n) (vector-of 9 (lambda (i) (vector-of (if (= i n) 31 30) (lambda (j) 1.0)))))
(define (tried n) (try (shown (spoilt n)) (catch (e) (error-message e))))
(println (tried 0)) ; expect: vector-ref: index 30 out of bounds for length 30
; expect: 0 450.0
; expect: 1 450.0
(println (tried 2)) ; expect: vector-ref: index 30 out of bounds for length 30
; expect: 0 450.0
; expect: 1 450.0
; expect: 2 450.0
(println (tried 3)) ; expect: vector-ref: index 30 out of bounds for length 30
(println (try (times (vector-of 8 (lambda (i) (vector-of 30 (lambda (j) (if (= (* i j) (* 29 6)) "six" 1.0))))) v) (catch (e) (error-message e)))) ; expect: *: expected a number, got "six"
(println (try (times (vector (vector-of 25 (lambda (j) 1.0)) (vector-of 25 (lambda (j) 2.0)) nil (vector-of 25 (lambda (j) 2.0))) v) (catch (e) (error-message e)))) ; expect: vector-length: expected a vector, got nil

; sums that are no floats in some turns, and those without a number
(define (mixed i) (do ((k 0 (+ k 1)) (s (if (= i 3) 9223372036854775807 0.0) (+ s k))) ((= k 25) s)))
(println (map mixed (range 6))) ; expect: (300.0 300.0 300.0 9223372036854776107 300.0 300.0)
(println (times (vector-of 5 (lambda (i) (vector-of 30 (lambda (j) (if (= i 2) (/ 0.0 0.0) (if (= i 3) -0.0 1e308)))))) v)) ; expect: <<+inf.0 +inf.0 +nan.0 0.0 +inf.0>>
