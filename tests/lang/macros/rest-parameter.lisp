(defmacro my-list items `(list ,@items))
(defmacro my-when (c . body) `(if ,c (progn ,@body)))
(println (my-list 1 2 3) (my-when t 1 2) (my-when nil 1)) ; expect: (1 2 3) 2 nil
