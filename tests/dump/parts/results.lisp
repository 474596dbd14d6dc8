; options: -fno-unfold -fno-inline
; A pair of numbers made of those of another one, and a list of two lists: neither is made.  Where one is needed whole it is made there.
(define (least-and-most l)
  (if (nil? (cdr l)) (cons (car l) (car l))
      (let ((r (least-and-most (cdr l)))) (cons (min (car l) (car r)) (max (car l) (cdr r))))))
(define (split p l)
  (if (nil? l) (list nil nil)
      (let ((r (split p (cdr l))))
        (if (< (car l) p) (list (cons (car l) (car r)) (car (cdr r))) (list (car r) (cons (car l) (car (cdr r))))))))
(println (least-and-most '(3 1 2)))
(println (split 2 '(3 1 2)))
; most calls need it whole
(define (sides n) (vector (* n n) (+ n 1)))
(define (show n) (println (sides n)) (println (sides (+ n 1))) (let ((s (sides (+ n 2)))) (+ (vector-ref s 0) (vector-ref s 1))))
(println (show 3) (show 4))
