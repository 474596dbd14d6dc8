; A tree of records of which old versions are kept: what is shared is copied, what is not is changed in its place.
(define (node k l r) (vector k l r))
(define (insert n k)
  (if n
      (let ((key (vector-ref n 0)) (l (vector-ref n 1)) (r (vector-ref n 2)))
        (cond ((< k key) (node key (insert l k) r))
              ((> k key) (node key l (insert r k)))
              (t n)))
      (node k nil nil)))
(define (size n) (if n (+ 1 (size (vector-ref n 1)) (size (vector-ref n 2))) 0))
(define (total n) (if n (+ (vector-ref n 0) (total (vector-ref n 1)) (total (vector-ref n 2))) 0))
(define (fill n i) (if (= i 0) n (fill (insert n (remainder (* i 7919) 1009)) (- i 1))))
(define (mirror n) (if n (node (vector-ref n 0) (mirror (vector-ref n 2)) (mirror (vector-ref n 1))) nil))
(define (deepest n) (if n (+ 1 (max (deepest (vector-ref n 1)) (deepest (vector-ref n 2)))) 0))
(define (same? a b) (eq a b))
(let* ((a (fill nil 100)) (b (fill a 300)) (c (insert a -5)) (d (mirror b)) (e (insert a 7919)))
  (println (size a) (total a) (size b) (total b) (size c) (total c) (size d) (total d) (= (deepest b) (deepest d)))
  (println (size e) (same? a a) (same? a b) (same? (insert a (vector-ref a 0)) a) (same? nil a)))
; expect: 100 51703 300 152023 101 51698 300 152023 t
; expect: 101 t nil t nil
