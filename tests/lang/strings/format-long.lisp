; A long list is shown in linear time.
(define (count-down n list) (if (= n 0) list (count-down (- n 1) (cons 7 list))))
(println (string-length (format "~a" (count-down 1000000 nil)))) ; expect: 2000001
