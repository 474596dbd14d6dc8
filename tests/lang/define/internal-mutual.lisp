(define (parity n)
  (define (even? k) (if (= k 0) 'even (odd? (- k 1))))
  (define (odd? k) (if (= k 0) 'odd (even? (- k 1))))
  (even? n))
(println (parity 10) (parity 7) (parity 100001)) ; expect: even odd odd
