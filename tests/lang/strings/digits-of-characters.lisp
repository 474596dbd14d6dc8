; string->number of characters of a text, which are looked at in other ways, too
(define (parse s i v) (if (= i (string-length s)) v (let ((d (string->number (string-ref s i)))) (if d (parse s (+ i 1) (+ (* v 10) d)) (list v (string-ref s i))))))
(println (parse "0123456789" 0 0) (parse "12a4" 0 0) (parse "7-" 0 0) (parse "9223372036854775808" 0 0))
; expect: 123456789 (12 "a") (7 "-") 9223372036854775808
(println (parse "1/2" 0 0) (parse "3:" 0 0) (parse "4é" 0 0) (parse "5٣" 0 0) (parse "6½" 0 0) (parse "7∞" 0 0))
; expect: (1 "/") (3 ":") (4 "é") (5 "٣") (6 "½") (7 "∞")
(define (at s i) (if (< i (string-length s)) (string-ref s i) ""))
(define (value s i) (let ((c (at s i))) (list (string->number c) (string=? c "1") (string->number c 16))))
(println (value "1f" 0) (value "1f" 1) (value "1f" 2))
; expect: (1 t 1) (nil nil 15) (nil nil nil)
(define (maybe s i) (let ((c (if (< i (string-length s)) (string-ref s i) nil))) (list (eq c "2") (string->number c)))) ; expect error: string->number: expected a string, got nil
(println (maybe "23" 0) (maybe "23" 1))
; expect: (t 2) (nil 3)
(println (maybe "23" 2))
