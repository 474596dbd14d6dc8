; Closures that end together: a long chain, a deep tree, and with them strings, lists and what others still hold.
(define (chain n f) (if (= n 0) f (chain (- n 1) (lambda (x) (f (+ x n))))))
(define (tree n) (if (= n 0) (lambda (x) x) (let ((a (tree (- n 1))) (b (tree (- n 1))) (s (string-append "s" "t")) (l (list n))) (lambda (x) (if x (list s l (a nil)) (b x))))))
(define (both f g) (lambda (x) (if x (f x) (g x))))
(define (left n f) (if (= n 0) f (left (- n 1) (both f (lambda (x) n)))))
(define (right n f) (if (= n 0) f (right (- n 1) (both (lambda (x) n) f))))
(define held (chain 3 (lambda (x) (* 2 x))))
(define (kinds l) (length (map (lambda (f) (list f held)) l)))
(println (kinds (list (chain 200000 held) (tree 10) (left 200000 held) (right 200000 held)))) ; expect: 4
(println (held 1)) ; expect: 14
(println ((tree 2) t)) ; expect: ("st" (2) nil)
