(defmacro message (form) `(try ,form (catch (e) (error-message e))))

(println (message (let ((a (arithmetic-shift 1 2200000000))) (* a a)))) ; expect: *: the result is too large, more than 4294967296 bits
(println (message (let ((a (arithmetic-shift 1 2200000000))) (apply * (list a a (expt 2 80) 1/2))))) ; expect: *: the result is too large, more than 4294967296 bits
