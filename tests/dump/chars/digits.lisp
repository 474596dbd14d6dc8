; The number that a character is written as: a digit's, or nil; "" is none.
; options: -fno-inline
(define (parse s i v) (if (= i (string-length s)) v (parse s (+ i 1) (+ (* v 10) (string->number (string-ref s i))))))
(define (sum s i total)
  (if (= i (string-length s)) total
    (let* ((c (string-ref s i)) (d (string->number c))) (sum s (+ i 1) (if d (+ total d) (if (string=? c "-") 0 total))))))
(define (digit-at s i) (let ((c (if (< i (string-length s)) (string-ref s i) ""))) (string->number c)))
(define (in-base c) (string->number c 16))
(println (parse "123" 0 0) (sum "1a-2é3" 0 0) (digit-at "7" 0) (digit-at "7" 1) (in-base (string-ref "f" 0)))
