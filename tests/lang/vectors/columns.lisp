; Columns of vectors of vectors: what is remembered about the lengths of rows must follow every change.
(define (column m j) ; the loop that asks for the least row
  (do ((k 0 (+ k 1)) (out nil (cons (vector-ref (vector-ref m k) j) out))) ((= k (vector-length m)) (reverse out))))
(define (sum m j) (do ((k 0 (+ k 1)) (s 0.0 (+ s (vector-ref (vector-ref m k) j)))) ((= k (vector-length m)) s)))
(define (message f) (try (f) (catch (e) (error-message e))))
(define (make rows columns) (vector-map (lambda (i) (make-vector columns (inexact i))) (list->vector (range rows))))

(define m (make 4 3))
(println (sum m 0) (sum m 2)) ; expect: 6.0 6.0
(println (message (lambda () (sum m 3)))) ; expect: vector-ref: index 3 out of bounds for length 3
(println (message (lambda () (sum m -1)))) ; expect: vector-ref: index -1 out of bounds for length 3

; Changed in place after a look: a longer row, a shorter one, one that is no vector.
(define (changed m)
  (let* ((before (sum m 2))
         (m (vector-set m 1 (vector 9.0 9.0 9.0 9.0)))
         (longer (sum m 2))
         (m (vector-set m 2 (vector 5.0)))
         (first (sum m 0)))
    (list before longer first (message (lambda () (sum m 1))))))
(println (changed (make 4 3))) ; expect: (6.0 14.0 17.0 "vector-ref: index 1 out of bounds for length 1")
(define (spoiled m) (let ((s (sum m 0))) (list s (message (lambda () (column (vector-set m 3 'none) 0))))))
(println (spoiled (make 4 3))) ; expect: (6.0 "vector-ref: expected a vector, got none")

; The shared original keeps its own.
(println (sum m 2) (message (lambda () (sum (vector-set m 0 (vector 1.0)) 1))) (sum m 1)) ; expect: 6.0 vector-ref: index 1 out of bounds for length 1 6.0

; Rows that are changed themselves and put back, rows appended, cut off, sorted.
(define (bump m i j) (vector-set m i (vector-set (vector-ref m i) j 100.0)))
(define (bumped m) (let* ((s (sum m 1)) (m (bump m 2 1))) (list s (sum m 1) (column m 1))))
(println (bumped (make 3 2))) ; expect: (3.0 101.0 (0.0 1.0 100.0))
(define (appended m) (let* ((s (sum m 1)) (m (vector-append m (vector (vector 7.0))))) (list s (sum m 0) (message (lambda () (sum m 1))))))
(println (appended (make 3 2))) ; expect: (3.0 10.0 "vector-ref: index 1 out of bounds for length 1")
(define (cut m) (let* ((s (sum m 1)) (m (subvector m 1 3))) (list s (sum m 1))))
(println (cut (make 3 2))) ; expect: (3.0 3.0)
(println (column '<<<<1 2>> <<3 4 5>>>> 1) (message (lambda () (column '<<<<1 2>> <<3 4 5>>>> 2)))) ; expect: (2 4) vector-ref: index 2 out of bounds for length 2
(println (column (vector) 0) (column (vector (vector 'a) (vector "b" 2)) 0)) ; expect: nil (a "b")
(println (sum (make 2 200000) 131071) (sum (make 2 200000) 199999) (message (lambda () (sum (make 2 131070) 131070)))) ; expect: 1.0 1.0 vector-ref: index 131070 out of bounds for length 131070

; Many steps: grow a triangle row by row and read its shortest column each time.
(define (triangle n m s) (if (= n 0) s (triangle (- n 1) (vector-append m (vector (make-vector n 1.0))) (+ s (sum m 0)))))
(println (triangle 200 (vector (vector 0.0)) 0.0)) ; expect: 19900.0
