; An error inside the library is reported where the program called it.
(define (twice xs)
  (map + xs xs)) ; expect error: map: expected a list or another sequence, got 7
(println (twice '(1))) ; expect: (2)
(twice
 7)
