(defmacro otherwise (c a b) `(cond (,c ,a) (t ,b)))
(define (mloop n) (otherwise (= n 0) 'done (mloop (- n 1))))
(println (mloop 300000)) ; expect: done
