; Products of matrices of 500 x 500 floats: nested loops over vectors of vectors.
(define (make-matrix n)
  (vector-map (lambda (i) (vector-map (lambda (j) (+ 1.0 (* 0.5 (remainder (+ i j) 7)))) (list->vector (range n))))
              (list->vector (range n))))

; start plus the product of row and the j-th column of b.
(define (dot row b j start)
  (let ((n (vector-length row)))
    (do ((k 0 (+ k 1))
         (sum start (+ sum (* (vector-ref row k) (vector-ref (vector-ref b k) j)))))
        ((= k n) sum))))

(define (multiply a b start)
  (let ((columns (list->vector (range (vector-length b)))))
    (vector-map (lambda (row) (vector-map (lambda (j) (dot row b j start)) columns)) a)))

(define (sum-of matrix)
  (vector-fold (lambda (total row) (vector-fold + total row)) 0.0 matrix))

(let ((a (make-matrix 500))
      (b (make-matrix 500)))
  (do ((r 0 (+ r 1))
       (c nil (multiply a b (inexact r))))
      ((= r 3) (println (exact (truncate (sum-of c)))))))
