(defmacro my-or forms
  (cond ((nil? forms) nil)
        ((nil? (cdr forms)) (car forms))
        (t `(let ((v ,(car forms))) (if v v (my-or ,@(cdr forms)))))))
(println (my-or) (my-or nil nil 3) (my-or 1 (car nil))) ; expect: nil 3 1
