; A square that is no greater than an int is one of an int between the roots; shifts to both sides of few bits give ints.
; options: -fno-inline -fno-unroll
(define (composite? n d) (if (> (* d d) n) nil (if (= 0 (remainder n d)) t (composite? n (+ d 1)))))
(define (count n d k) (if (>= 1000000 (* d d)) (count n (+ d 3) (+ k d)) k))
(define (same n d) (if (= (* d d) n) d (if (< (* d d) 0) (list d) nil)))
(println (composite? (+ 90 (length (command-line))) 2) (count 1 2 0))
(println (same (length (command-line)) (string->number "3")))
(define (moved n k) (let ((k (- (remainder k 41) 20))) (list (arithmetic-shift (remainder n 100) k) (arithmetic-shift n k))))
(println (moved (length (command-line)) (length (command-line))))
