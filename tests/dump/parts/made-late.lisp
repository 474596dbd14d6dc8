; options: -fno-unfold -fno-inline
; On one path the pair is needed whole, as its last use: it is made there.  The last part that is read is given away.
(define (least l)
  (if (nil? (cdr l)) (cons (car l) 1)
      (let ((r (least (cdr l)))) (if (< (car l) (car r)) (cons (car l) (+ 1 (cdr r))) (cons (car r) (+ 1 (cdr r)))))))
(define (check l) (let ((r (least l))) (if (< (car r) 0) (list r) (+ (car r) (cdr r)))))
(println (check '(3 1 2)) (check '(3 -1 2)))
(define (rows n) (if (= n 0) (vector 0 (list 1)) (let ((r (rows (- n 1)))) (vector n (vector-ref r 1)))))
(println (let ((r (rows 3))) (+ (vector-ref r 0) (car (vector-ref r 1)))))
