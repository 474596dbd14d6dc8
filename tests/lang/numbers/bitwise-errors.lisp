(defmacro message (form) `(try ,form (catch (e) (error-message e))))

(println (message (bitwise-and 100000000000000000000 1.0))) ; expect: bitwise-and: expected an integer, got 1.0
(println (message (bitwise-ior "x" 100000000000000000000))) ; expect: bitwise-ior: expected an integer, got "x"
(println (message (bitwise-xor 1/2))) ; expect: bitwise-xor: expected an integer, got 1/2
(println (message (bitwise-not 1/2))) ; expect: bitwise-not: expected an integer, got 1/2
(println (message (bit-count 2.0))) ; expect: bit-count: expected an integer, got 2.0
(println (message (arithmetic-shift 1/2 100000000000000000000))) ; expect: arithmetic-shift: expected an integer, got 1/2
(println (message (arithmetic-shift 100000000000000000000 nil))) ; expect: arithmetic-shift: expected an integer, got nil
(println (message (arithmetic-shift 1 4294967296))) ; expect: arithmetic-shift: the result is too large, more than 4294967296 bits
(println (message (arithmetic-shift -1 100000000000000000000))) ; expect: arithmetic-shift: the result is too large, more than 4294967296 bits
(println (message (arithmetic-shift 100000000000000000000 9223372036854775807))) ; expect: arithmetic-shift: the result is too large, more than 4294967296 bits
