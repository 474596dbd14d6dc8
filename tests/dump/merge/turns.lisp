; Two turns that differ in cheap operands are one; calls and changes of vectors stay where they are.
; options: -fno-inline
(define (largest v n)
  (let loop ((i 1) (at 0) (most (vector-ref v 0)))
    (if (= i n)
        (list at most)
        (let ((x (vector-ref v i))) (if (> x most) (loop (+ i 1) i x) (loop (+ i 1) at most))))))
(define (count xs) (let loop ((xs xs) (n 0)) (if xs (if (car xs) (loop (cdr xs) (+ n 1)) (loop (cdr xs) n)) n)))
(define (find v x lo hi)
  (if (= lo hi)
      lo
      (let ((mid (quotient (+ lo hi) 2)))
        (cond ((< (vector-ref v mid) x) (find v x (+ mid 1) hi))
              (t (find v x lo mid))))))
(define (halve n k) (if (= n 1) k (if (= (remainder n 2) 0) (halve (quotient n 2) (+ k 1)) (halve (+ (* 3 n) 1) (+ k 1)))))
(define (sort-two v i) (if (= i 0) v (if (< i 5) (sort-two (vector-set v i 0) (- i 1)) (sort-two v (- i 1)))))
(println (largest (vector 3 9 2) 3) (count '(1 nil 2)) (find (vector 1 3 5) 4 0 3) (halve 6 0) (sort-two (make-vector 9 1) 8))
(define (starts v) (let loop ((i 0) (in nil) (n 0)) (if (= i 3) n (if (vector-ref v i) (loop (+ i 1) t (if in n (+ n 1))) (loop (+ i 1) nil n)))))
(println (starts (vector t nil t)))
