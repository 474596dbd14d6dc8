; Loops over vectors whose items are ints or floats until one of them is something else.
(define most 9223372036854775807)

; A table of sums, one of which overflows; others follow.
(define (add-up v i step)
  (if (= i (vector-length v))
      v
      (add-up (vector-set v i (+ (vector-ref v i) step)) (+ i 1) step)))
(define shared (vector 1 most 3 (- most 1)))
(println (add-up shared 0 1) shared) ; expect: <<2 9223372036854775808 4 9223372036854775807>> <<1 9223372036854775807 3 9223372036854775806>>
(println (add-up (add-up (vector 1 most 3) 0 1) 0 -1)) ; expect: <<1 9223372036854775807 3>>
(println (add-up (vector 1 2 3) 1 0.5) (add-up (vector 0.5 1.5) 0 1)) ; expect: <<1 2.5 3.5>> <<1.5 2.5>>
(println (add-up (make-vector 3 0) 0 1/2) (add-up (vector) 0 1)) ; expect: <<1/2 1/2 1/2>> <<>>
(println (add-up #pvec[1 2] 0 1)) ; expect: #pvec[2 3]

; The largest so far, downwards: what lies behind the index changes.
(define (running v i best)
  (if (< i 0)
      v
      (let ((x (max best (* 2 (vector-ref v i)))))
        (running (vector-set v i x) (- i 1) x))))
(println (running (vector 1 5 3) 2 0) (running (vector most 5 -3) 2 0)) ; expect: <<10 10 6>> <<18446744073709551614 10 0>>

; Rows of a matrix that was made of nils, and one row that stayed nil.
(define (make-rows n filled)
  (let loop ((i 0) (rows (make-vector n nil)))
    (if (= i filled) rows (loop (+ i 1) (vector-set rows i (make-vector n (* 1.0 i)))))))
(define (add-row out row above j)
  (if (= j (- (vector-length row) 1))
      out
      (add-row (vector-set out j (+ (vector-ref row j) (vector-ref above (- j 1)) (vector-ref above (+ j 1))))
               row above (+ j 1))))
(define (step rows i out)
  (if (= i (vector-length rows))
      out
      (step rows (+ i 1)
            (vector-set out i (add-row (vector-ref rows i) (vector-ref rows i) (vector-ref rows (- i 1)) 1)))))
(let ((rows (make-rows 4 4)))
  (println (step rows 1 rows)) ; expect: <<<<0.0 0.0 0.0 0.0>> <<1.0 1.0 1.0 1.0>> <<2.0 4.0 4.0 2.0>> <<3.0 7.0 7.0 3.0>>>>
  (println rows)) ; expect: <<<<0.0 0.0 0.0 0.0>> <<1.0 1.0 1.0 1.0>> <<2.0 2.0 2.0 2.0>> <<3.0 3.0 3.0 3.0>>>>
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (step (make-rows 4 3) 1 (make-rows 4 4))))) ; expect: vector-length: expected a vector, got nil

; The first error counts, after the effects before it.
(define (noisy v i x)
  (if (= i 5)
      v
      (noisy (vector-set v (progn (println 'index i) i) (progn (println 'item x) (+ x 1))) (+ i 1) (* x 2))))
(println (message (lambda () (noisy (vector 1 2) 1 most))))
; expect: index 1
; expect: item 9223372036854775807
; expect: index 2
; expect: item 18446744073709551614
; expect: vector-set: index 2 out of bounds for length 2
(define (late v i) (if (= i 3) v (late (vector-set v i (+ (vector-ref v i) 1)) (if (= i 1) (error "late" i) (+ i 1)))))
(println (message (lambda () (late (vector 1 2) 0))) (message (lambda () (late (vector 1) 0)))) ; expect: late vector-ref: index 1 out of bounds for length 1
(define (past v i) (past (vector-set v i (+ (vector-ref v i) 1)) (+ i 1)))
(println (message (lambda () (past (vector 1 2) 0))) (message (lambda () (past (vector 1.5) most)))) ; expect: vector-ref: index 2 out of bounds for length 2 vector-ref: index 9223372036854775807 out of bounds for length 1
(define (last v i) (last (vector-set v i (+ (vector-ref v i) 1)) (+ i 1))) ; expect error: +: expected a number, got (a)
(last (vector 1 (list 'a)) 0)
