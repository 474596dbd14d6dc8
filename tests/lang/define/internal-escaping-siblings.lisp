(define (make n)
  (define (even? k) (if (= k 0) n (odd? (- k 1))))
  (define (odd? k) (if (= k 0) nil (even? (- k 1))))
  (list even? odd?))
(define pair (make '(yes)))
(println ((car pair) 4) ((car (cdr pair)) 4) ((car pair) 3)) ; expect: (yes) nil nil
