(defmacro def2 (a b v) `(progn (define ,a ,v) (define ,b ,v)))
(def2 p q 7)
(println p q) ; expect: 7 7
