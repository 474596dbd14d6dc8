; An inner vector changed and put back at its place: by an operation, by a function; not when the places differ.
(define (bump m i) (vector-set m i (vector-set (vector-ref m i) 0 1)))
(define (apply-at f m i) (vector-set m i (f (vector-ref m i))))
(define (grown v n) (if (= n 0) v (grown (vector-append v (vector n)) (- n 1))))
(define (grow-at m i) (vector-set m i (grown (vector-ref m i) 3)))
(define (copy-to m i j) (vector-set m i (vector-set (vector-ref m j) 0 1)))
