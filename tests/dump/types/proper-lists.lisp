; What is known to be a proper list needs no walk to make it one; a parameter anybody may give does.
; options: -fno-fuse
(define (evens n) (filter (lambda (x) (= 0 (remainder x 2))) (map (lambda (x) (* x x)) (range n))))
(define (total xs) (reduce + 0 xs))
(println (evens 10) (total (read)))
