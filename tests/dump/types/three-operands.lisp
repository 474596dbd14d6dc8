; What a comparison of three says of the one in the middle.
; options: -fno-inline
(define (near i) (if (<= 0 i 9) (let ((j (+ i 1))) (list j j)) nil))
(define (between lo i) (if (< lo i 9) (let ((j (+ i 1))) (list j j)) nil))
(define (under lo i n) (if (< lo i n) (let ((j (+ i 1))) (list j j)) nil))
(println (under 3 (length (command-line)) (length (command-line))) (near (length (command-line))) (between 3 (length (command-line))))
