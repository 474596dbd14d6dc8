(defmacro noop () nil)
(defmacro seven () 7)
(define y 31)
(defmacro the-y () 'y)
(println (noop) (+ (seven) (seven)) (the-y)) ; expect: nil 14 31
