;; Amounts of money in whole cents.
(module money (export cents show))

(define (cents whole part) (+ (* 100 whole) part))

(define (two-digits n) (if (< n 10) (string-append "0" (number->string n)) (number->string n)))

(define (show amount)
  (string-append (number->string (quotient amount 100)) "." (two-digits (remainder amount 100))))
