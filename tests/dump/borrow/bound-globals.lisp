; What a variable holds of a global, or of a constant, is kept by the global: loops that walk it from there are lent it.
; options: -fno-inline -fno-accumulate -fno-unfold
(define rows (list (list 1 2) (list 3)))
(define (reversed) (do ((l rows (cdr l)) (a nil (cons (car l) a))) ((nil? l) a)))
(define (sum-first) (let loop ((l (car rows)) (n 0)) (if (nil? l) n (loop (cdr l) (+ n (car l))))))
(define (sum-odd) (let loop ((l '(1 3 5)) (n 0)) (if (nil? l) n (loop (cdr l) (+ n (car l))))))
(println (reversed) (sum-first) (sum-odd))
