(defmacro with-it (e body) `(let ((it ,e)) ,body))
(println (with-it 5 (* it it))) ; expect: 25
