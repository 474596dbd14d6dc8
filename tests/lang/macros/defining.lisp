(defmacro define-const (name v) `(label ,name ,v))
(define-const gravity 981/100)
(println gravity) ; expect: 981/100
