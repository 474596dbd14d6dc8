; Siblings that are used as values share one environment record.
; options: -fno-inline
(define (make n)
  (define (even? k) (if (= k 0) n (odd? (- k 1))))
  (define (odd? k) (if (= k 0) nil (even? (- k 1))))
  (list even? odd?))
