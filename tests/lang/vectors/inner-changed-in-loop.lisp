; Rows of a vector, changed and put back in loops whose types are known: in place when nobody else sees them.
(define (grid n)
  (let loop ((i 0) (m (make-vector n nil)))
    (if (= i n) m (loop (+ i 1) (vector-set m i (list->vector (list 0.5 1.5 i)))))))
(define (bump m i j) (vector-set m i (vector-set (vector-ref m i) j (+ 1 (vector-ref (vector-ref m i) j)))))
(define (all m n k) (if (= k 0) m (all (bump m (modulo k n) (modulo k 2)) n (- k 1))))
(println (all (grid 4) 4 20)) ; expect: <<<<5.5 1.5 0>> <<0.5 6.5 1>> <<5.5 1.5 2>> <<0.5 6.5 3>>>>

; An older reference to the whole, or to a row, sees nothing of it.
(define kept (grid 3))
(println (all kept 3 5)) ; expect: <<<<0.5 2.5 0>> <<1.5 2.5 1>> <<1.5 2.5 2>>>>
(println kept) ; expect: <<<<0.5 1.5 0>> <<0.5 1.5 1>> <<0.5 1.5 2>>>>
(println (let* ((m (grid 2)) (row (vector-ref m 1))) (list (bump m 1 0) row))) ; expect: (<<<<0.5 1.5 0>> <<1.5 1.5 1>>>> <<0.5 1.5 1>>)

; Strings grow at their place in a vector of strings.
(define (note v i text) (vector-set v i (string-append (vector-ref v i) text)))
(define (notes v k) (if (= k 0) v (notes (note v (modulo k 3) (number->string k)) (- k 1))))
(println (notes (make-vector 3 "") 7)) ; expect: <<"63" "741" "52">>

; A row at its place again, the index out of bounds after the row was taken.
(println (try (bump kept 3 0) (catch (e) (error-message e)))) ; expect: vector-ref: index 3 out of bounds for length 3
(println (try (bump (grid 1) 0 3) (catch (e) (error-message e)))) ; expect: vector-ref: index 3 out of bounds for length 3

; The type of the whole is known: compiled code looks into its slots itself.
(define (spin k i m) (if (= k 0) m (spin (- k 1) (- 1 i) (vector-set m i (vector-set (vector-ref m i) 1 k)))))
(println (spin 10 0 (vector (vector 1 2) (vector 3 4)))) ; expect: <<<<1 2>> <<3 1>>>>
(define pair (vector (vector 1 2) (vector 3 4)))
(println (spin 3 0 pair) pair) ; expect: <<<<1 1>> <<3 2>>>> <<<<1 2>> <<3 4>>>>
(define (turn k i m) (if (= k 0) m (turn (- k 1) (- 1 i) (vector-set m i (vector-set (vector-ref m i) 0 (list k i))))))
(println (turn 3 1 (let ((row (vector 0 1))) (vector row row)))) ; expect: <<<<(2 0) 1>> <<(1 1) 1>>>>
(define (grow k i m) (if (= k 0) m (grow (- k 1) (- 1 i) (vector-set m i (string-append (vector-ref m i) "x")))))
(println (grow 5 0 (vector "a" "b"))) ; expect: <<"axxx" "bxx">>
(define (mix k i m)
  (if (= k 0) m
      (mix (- k 1) (- 1 i) (let ((x (vector-ref m i))) (if (vector? x) (vector-set m i (vector-set (vector-ref m i) 0 k)) (vector-set m i (+ x 1)))))))
(println (mix 9 0 (vector (vector 1 2) 7))) ; expect: <<<<1 2>> 11>>
(println (try (spin 3 2 (vector (vector 1 2) (vector 3 4))) (catch (e) (error-message e)))) ; expect: vector-ref: index 2 out of bounds for length 2
(println (try (spin 3 1/2 (vector (vector 1 2) (vector 3 4))) (catch (e) (error-message e)))) ; expect: vector-ref: expected an integer index, got 1/2
