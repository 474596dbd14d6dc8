; A string remembers how many of its bytes begin no character; beyond some two thousand of them it needs another place for that.
(define (repeated text n) (if (= n 0) "" (string-append text (repeated text (- n 1)))))
(define (grown text n) (let loop ((i 0) (s "")) (if (= i n) s (loop (+ i 1) (string-append s text)))))
(define (measure s)
  (let ((n (string-length s)))
    (list n (string-ref s (- n 1)) (string-length (string-upcase s)) (string-length (substring s 1 n)) (equal? s (substring s 0 n)))))
(define (measures text n) (list (measure (repeated text n)) (measure (grown text n)) (equal? (repeated text n) (grown text n))))
(println (measures "é" 2045)) ; expect: ((2045 "é" 2045 2044 t) (2045 "é" 2045 2044 t) t)
(println (measures "é" 2046)) ; expect: ((2046 "é" 2046 2045 t) (2046 "é" 2046 2045 t) t)
(println (measures "é" 2047)) ; expect: ((2047 "é" 2047 2046 t) (2047 "é" 2047 2046 t) t)
(println (measures "€" 1023)) ; expect: ((1023 "€" 1023 1022 t) (1023 "€" 1023 1022 t) t)
(println (measures "€x" 1024)) ; expect: ((2048 "x" 2048 2047 t) (2048 "x" 2048 2047 t) t)
(println (measures "😀a" 3000)) ; expect: ((6000 "a" 6000 5999 t) (6000 "a" 6000 5999 t) t)
(println (string-length (string-join (list (grown "ü" 1500) (grown "ö" 1500)) "ß"))) ; expect: 3001
(println (string-length (string-replace (grown "ab" 3000) "a" "ä"))) ; expect: 6000
(println (string-length (string-replace (grown "äb" 3000) "ä" "a"))) ; expect: 6000
(defmacro literal () (grown "λx" 2500)) ; a literal of the program
(println (string-length (literal)) (string-ref (literal) 4998) (equal? (literal) (grown "λx" 2500))) ; expect: 5000 λ t
(println (string-length (string-append (literal) "é"))) ; expect: 5001
(println (measures "plain" 100)) ; expect: ((500 "n" 500 499 t) (500 "n" 500 499 t) t)
