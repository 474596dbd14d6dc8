; Loops that end where a counter is the length of a vector, which need not be the same in all turns.
(define (try-it thunk) (try (thunk) (catch (e) (error-message e))))

(define (sum v)
  (let loop ((i 0) (s 0)) (if (= i (vector-length v)) s (loop (+ i 1) (+ s (vector-ref v i))))))
(println (sum (vector)) (sum (vector 1 2 3)) (sum (make-vector 9 9223372036854775807))) ; expect: 0 6 83010348331692982263

(define (double v)
  (let loop ((i 0) (v v))
    (if (= (vector-length v) i) v
        (let* ((x (vector-ref v i)) (w (vector-set v i (+ x x)))) (loop (+ i 1) w)))))
(println (double (vector 1 2.5 4611686018427387904))) ; expect: <<2 5.0 9223372036854775808>>

(define (shrink v) ; meets the counter when the length is even
  (let loop ((i 0) (v v) (read 0))
    (if (= i (vector-length v))
        (list i read)
        (loop (+ i 1) (subvector v 1 (vector-length v)) (+ read (vector-ref v i))))))
(println (shrink (vector 1 2 3 4))) ; expect: (2 4)
(println (try-it (lambda () (shrink (vector 1 2 3))))) ; expect: vector-ref: index 2 out of bounds for length 1

(define (grow v)
  (let loop ((i 0) (v v))
    (cond ((= i (vector-length v)) (vector-ref v (- i 1)))
          ((= (vector-ref v i) 0) (loop (+ i 1) v))
          (t (loop (+ i 1) (vector-append v (vector (- (vector-ref v i) 1))))))))
(println (grow (vector 3 2))) ; expect: 0

(define (by-turns v w) ; two of the same length, or not
  (let loop ((i 0) (v v) (w w) (s 0))
    (if (= i (vector-length v)) s (loop (+ i 1) w v (+ s (vector-ref v i))))))
(println (by-turns (vector 1 2 3) (vector 10 20 30))) ; expect: 24
(println (by-turns (vector 1 2 3 4) (vector 10))) ; expect: 1
(println (try-it (lambda () (by-turns (vector 1 2 3 4) (vector 10 20))))) ; expect: vector-ref: index 3 out of bounds for length 2
(println (try-it (lambda () (by-turns (vector 1 2 3) (vector 10 20))))) ; expect: vector-ref: index 3 out of bounds for length 2

(define (past v i) (if (= i (vector-length v)) i (+ 0 (vector-ref v i) (past v (+ i 1))))) ; starts behind the end
(println (past (vector 1 1) 0) (try-it (lambda () (past (vector 1 1) 3)))) ; expect: 4 vector-ref: index 3 out of bounds for length 2

(define (down v i) (if (= i (vector-length v)) 'met (if (< i -2) i (down v (- i 1)))))
(println (down (vector 1 2) 5) (down (vector 1 2) 1)) ; expect: met -3

(define (pairs v) ; triangles
  (let outer ((i 0) (count 0))
    (if (= i (vector-length v)) count
        (let inner ((j (+ i 1)) (count count))
          (if (= j (vector-length v)) (outer (+ i 1) count)
              (inner (+ j 1) (if (< (vector-ref v i) (vector-ref v j)) (+ count 1) count)))))))
(println (pairs (vector 1 3 2 4)) (pairs (vector)) (pairs (list->vector (range 40)))) ; expect: 5 0 780

(define (moved ps k) (if (= k 0) ps (moved (vector-map (lambda (p) (vector-set p 0 (+ 1 (vector-ref p 0)))) ps) (- k 1))))
(define (all ps) (let loop ((i 0) (s 0)) (if (= i (vector-length ps)) s (loop (+ i 1) (+ s (vector-ref (vector-ref ps i) 0))))))
(println (all (moved (vector (vector 1 2) (vector 3 4) (vector 5 6)) 10))) ; expect: 39
(println (vector-ref (moved (vector (vector 1 2) (vector 3 4)) 2) 2)) ; expect error: vector-ref: index 2 out of bounds for length 2
