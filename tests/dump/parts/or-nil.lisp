; options: -fno-unfold -fno-inline
; A result that may be nil; calls in tail position; a structure made in two ways that never leaves its function.
(define (found key l)
  (if (nil? l) nil
      (if (= (car l) key) (vector key 0.5)
          (let ((r (found key (cdr l)))) (if r (vector (vector-ref r 0) (* 2 (vector-ref r 1))) nil)))))
(println (let ((r (found 3 '(1 2 3)))) (if r (vector-ref r 1) "no")))
(define (even n a b) (if (= n 0) (cons a b) (odd (- n 1) (cons n a) b)))
(define (odd n a b) (if (= n 0) (cons b a) (if (= n 7) (even 2 a b) (even (- n 1) a (cons n b)))))
(define (ends n) (let ((r (even n nil nil))) (list (car r) (cdr r))))
(println (map ends '(3 4 9)))
(define (near x y) (let ((r (if (< x y) (cons x (* x y)) (cons (+ x y) y)))) (- (car r) (cdr r))))
(println (map near '(1 2 3) '(3 2 1)))
