(defmacro message (form) `(try ,form (catch (e) (error-message e))))

(println (message (expt 0 -1))) ; expect: expt: division by zero
(println (message (expt 0 -100000000000000000000))) ; expect: expt: division by zero
(println (message (expt "2" 100000000000000000000))) ; expect: expt: expected a number, got "2"
(println (message (expt 100000000000000000000 nil))) ; expect: expt: expected a number, got nil
(println (message (expt 2 4294967296))) ; expect: expt: the result is too large, more than 4294967296 bits
(println (message (expt 1/3 9223372036854775807))) ; expect: expt: the result is too large, more than 4294967296 bits
(println (message (expt -2 -9223372036854775808))) ; expect: expt: the result is too large, more than 4294967296 bits
(println (message (expt 2 100000000000000000000))) ; expect: expt: the result is too large, more than 4294967296 bits
(println (message (expt 1/2 -100000000000000000000))) ; expect: expt: the result is too large, more than 4294967296 bits
