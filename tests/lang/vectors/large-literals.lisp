; Literals of every kind of storage and of many lengths: from 256 on a vector has room for a few items more than it holds.
(define (mixed n) (list->vector (map (lambda (i) (if (= (remainder i 3) 0) i (list i))) (range n))))
(defmacro literals ()
  (define (mixed n) (list->vector (map (lambda (i) (if (= (remainder i 3) 0) i (list i))) (range n))))
  (list 'quote (list (mixed 255) (mixed 256) (mixed 257) (mixed 513) (mixed 3001))))
(defmacro packed () (list 'quote (list (list->vector (range 1023)) (list->vector (map inexact (range 1023))) (make-vector 1023 t))))

(println (equal? (literals) (map mixed (list 255 256 257 513 3001)))) ; expect: t
(println (map (lambda (v) (vector-ref v (- (vector-length v) 1))) (literals))) ; expect: ((254) 255 (256) (512) 3000)
(define (sum v) (vector-fold (lambda (sum x) (+ sum (cond ((list? x) (car x)) ((= x 0) 0) (t x)))) 0 v))
(println (map sum (literals))) ; expect: (32385 32640 32896 131328 4501500)
(println (map (lambda (v) (vector-ref v 1022)) (packed))) ; expect: (1022 1022.0 t)

; pushed, set and cut, with the literal as it was
(define v (car (cdr (cdr (literals)))))
(define grown (%conj (vector-set v 200 "x") "y" 'z))
(println (vector-ref grown 200) (vector-ref grown 257) (vector-ref grown 258) (vector-ref grown 256) (vector-length grown)) ; expect: x y z (256) 259
(println (equal? (subvector (vector-set grown 200 '(200)) 0 257) v) (equal? v (mixed 257))) ; expect: t t
