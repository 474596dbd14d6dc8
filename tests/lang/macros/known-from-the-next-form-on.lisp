(define (f) (later-macro 5)) ; expect error: macro
(defmacro later-macro (x) x)
(f)
