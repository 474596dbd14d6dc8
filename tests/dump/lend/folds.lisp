; Folds ask whether others hold the structure, and go on with a copy that is lent it; a loop that leaves its function in tail position
; does not, nor does what makes objects or keeps to one cell.
; options: -fno-unfold -fno-accumulate
(define (size e) (if (cons? e) (+ (size (car e)) (size (cdr e))) 1))
(define (sum xs acc) (if (nil? xs) acc (sum (cdr xs) (+ acc (car xs)))))
(define (copy xs) (if (nil? xs) nil (cons (car xs) (copy (cdr xs)))))
(define (ping xs k) (if (nil? xs) k (pong (cdr xs) (cons k k))))
(define (pong xs k) (if (nil? xs) k (ping (cdr xs) k)))

(println (size (read)) (sum (read) 0) (copy (read)) (ping (read) 0))
