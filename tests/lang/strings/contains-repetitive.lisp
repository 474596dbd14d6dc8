; A pattern that nearly matches everywhere must not make the search quadratic.
(define (double s n) (if (= n 0) s (double (string-append s s) (- n 1))))
(define many (double "a" 18))
(println (string-contains many (string-append (double "a" 17) "b"))) ; expect: nil
(println (string-contains (string-append many "b") (string-append (double "a" 17) "b"))) ; expect: 131072
