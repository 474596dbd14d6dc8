; Indices next to one another are found in constant time, upwards and downwards, also in a text that is not ASCII.
(define text (string-join (make-vector 300000 "aé語😀")))
(define (up i n) (if (= i 1200000) n (up (+ i 1) (if (equal? (string-ref text i) "😀") (+ n 1) n))))
(define (down i n) (if (< i 0) n (down (- i 1) (if (equal? (string-ref text i) "語") (+ n 1) n))))
(println (up 0 0) (down 1199999 0)) ; expect: 300000 300000
(println (reduce (lambda (n i) (+ n (string-length (substring text i (+ i 2))))) 0 (range 1000000))) ; expect: 2000000
