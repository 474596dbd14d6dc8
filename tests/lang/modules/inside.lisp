(define (f) (import "library/geometry.lisp") 1) ; expect error: import: only at top level
