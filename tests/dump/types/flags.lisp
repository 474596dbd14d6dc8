; Tables of nil and t are packed; where other things are stored into those that begin with nil, these begin as plain ones.
(define (cross v i) (if (< i 100) (cross (vector-set v i nil) (+ i 7)) v))
(define (add v i x) (vector-set v i (cons x (vector-ref v i))))
(println (cross (make-vector 100 t) 0) (add (make-vector 10 nil) 3 'a))
