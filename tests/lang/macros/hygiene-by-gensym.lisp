(defmacro my-or (a b) (let ((g (gensym))) `(let ((,g ,a)) (if ,g ,g ,b))))
(define g 'outer)
(println (my-or nil g) (my-or 5 (car nil))) ; expect: outer 5
