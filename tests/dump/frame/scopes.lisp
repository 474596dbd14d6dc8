; options: -fno-unfold
; The names in scope are only looked at, so a scope with one more is a pair in the frame; a path is given back and is not.
(define (depth name scope i) (if (eq (car scope) name) i (depth name (cdr scope) (+ i 1))))
(define (indices term scope)
  (if (symbol? term) (depth term scope 0) (vector (indices (cdr term) (cons (car term) scope)))))
(println (indices '(a b . a) nil))
(define (path n seen) (if (= n 0) (cdr seen) (let ((r (path (- n 1) (cons n seen)))) (if (nil? r) nil r))))
(println (path 4 nil))
