; What number->string writes string->number reads, in every radix.
(define (check x radix)
  (cond ((> radix 36) 'ok)
        ((eq x (string->number (number->string x radix) radix)) (check x (+ radix 1)))
        (t radix)))
(println (check 0 2) (check -123456789 2) (check 12345678901234567890123 2) (check -22/7 2)) ; expect: ok ok ok ok
