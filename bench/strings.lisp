; A million numbers become strings, joined to one, of which every thousandth character is hashed; five times.
(define (hash s)
  (let ((n (string-length s)))
    (do ((i 0 (+ i 1000))
         (h 0 (remainder (+ (* h 31) (char->integer (string-ref s i))) 1000003)))
        ((>= i n) h))))

(define (work k)
  (let ((s (string-join (map number->string (range k (+ 1000000 k))) ",")))
    (+ (string-length s) (hash s))))

(println (reduce + 0 (map work (range 5))))
