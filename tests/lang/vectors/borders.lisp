; Loops that stop one before or behind a number, over vectors without their borders; also where they never stop there
(define (blur p w h)
  (let rows ((y 1) (q (make-vector (* w h) 0)))
    (if (= y (- h 1)) q
      (rows (+ y 1)
        (let cols ((x 1) (q q))
          (if (= x (- w 1)) q
            (let ((i (+ (* y w) x)))
              (cols (+ x 1) (vector-set q i (quotient (+ (vector-ref p (- i w)) (vector-ref p (- i 1)) (vector-ref p i) (vector-ref p (+ i 1)) (vector-ref p (+ i w))) 5))))))))))
(define (picture n) (let loop ((i 0) (v (make-vector n 0))) (if (= i n) v (loop (+ i 1) (vector-set v i (remainder (* i i 7) 31))))))
(println (blur (picture 20) 5 4) (blur (picture 9) 3 3))
; expect: <<0 0 0 0 0 0 8 12 6 0 0 14 8 9 0 0 0 0 0 0>> <<0 0 0 0 9 0 0 0 0>>
(println (try (blur (picture 10) 2 5) (catch (e) (error-message e))))
; expect: <<0 0 0 0 0 0 0 0 0 0>>
(define (up i n k) (if (= i (+ n 1)) k (if (> k 5) (list i n) (up (+ i 1) n (+ k 1)))))
(println (up 0 3 0) (up 5 3 0) (up 9223372036854775806 9223372036854775806 0) (up 9223372036854775805 9223372036854775800 0))
; expect: 4 (11 3) 1 (9223372036854775811 9223372036854775800)
(define (down i n k) (if (= i (- n 1)) k (if (> k 5) (list i n) (down (- i 1) n (+ k 1)))))
(println (down 3 0 0) (down -5 3 0) (down -9223372036854775808 -9223372036854775808 0) (down 1.5 0.5 0))
; expect: 4 (-11 3) 1 2
(define (relax row via d n) (let loop ((j 0) (row row)) (if (= j n) row (let ((x (+ d (vector-ref via j)))) (loop (+ j 1) (if (< x (vector-ref row j)) (vector-set row j x) row))))))
(println (relax (vector 5 6 7) (vector 1 9 2) 3 3) (relax (vector 5 6.5 9223372036854775808) (vector 1 1 9223372036854775807) 0 3))
; expect: <<4 6 5>> <<1 1 9223372036854775807>>
(define (chain m k) (if (= k 3) m (chain (relax m m -2 3) (+ k 1))))
(println (chain (vector 5 6 -7) 0))
; expect: <<-1 0 -13>>
(define (before v i) (if (< (+ i 1) (vector-length v)) (list (vector-ref v i) (vector-ref v (+ i 1))) 'end))
(println (before (vector 1 2 3) 1) (before (vector 1 2 3) 2) (try (before (vector 1 2 3) -1) (catch (e) (error-message e))))
; expect: (2 3) end vector-ref: index -1 out of bounds for length 3
