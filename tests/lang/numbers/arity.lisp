(defmacro message (form) `(try ,form (catch (e) (error-message e))))
(println (message (apply integer? nil))) ; expect: integer?: expected 1 argument, got 0
(println (message (apply integer? '(100000000000000000000 1/2)))) ; expect: integer?: expected 1 argument, got 2
(println (message (apply float? nil))) ; expect: float?: expected 1 argument, got 0
(println (message (apply float? '(100000000000000000000 1/2)))) ; expect: float?: expected 1 argument, got 2
(println (message (apply abs nil))) ; expect: abs: expected 1 argument, got 0
(println (message (apply abs '(100000000000000000000 1/2)))) ; expect: abs: expected 1 argument, got 2
(println (message (apply exact nil))) ; expect: exact: expected 1 argument, got 0
(println (message (apply exact '(100000000000000000000 1/2)))) ; expect: exact: expected 1 argument, got 2
(println (message (apply inexact nil))) ; expect: inexact: expected 1 argument, got 0
(println (message (apply inexact '(100000000000000000000 1/2)))) ; expect: inexact: expected 1 argument, got 2
(println (message (apply floor nil))) ; expect: floor: expected 1 argument, got 0
(println (message (apply floor '(100000000000000000000 1/2)))) ; expect: floor: expected 1 argument, got 2
(println (message (apply ceiling nil))) ; expect: ceiling: expected 1 argument, got 0
(println (message (apply ceiling '(100000000000000000000 1/2)))) ; expect: ceiling: expected 1 argument, got 2
(println (message (apply truncate nil))) ; expect: truncate: expected 1 argument, got 0
(println (message (apply truncate '(100000000000000000000 1/2)))) ; expect: truncate: expected 1 argument, got 2
(println (message (apply round nil))) ; expect: round: expected 1 argument, got 0
(println (message (apply round '(100000000000000000000 1/2)))) ; expect: round: expected 1 argument, got 2
(println (message (apply numerator nil))) ; expect: numerator: expected 1 argument, got 0
(println (message (apply numerator '(100000000000000000000 1/2)))) ; expect: numerator: expected 1 argument, got 2
(println (message (apply denominator nil))) ; expect: denominator: expected 1 argument, got 0
(println (message (apply denominator '(100000000000000000000 1/2)))) ; expect: denominator: expected 1 argument, got 2
(println (message (apply sqrt nil))) ; expect: sqrt: expected 1 argument, got 0
(println (message (apply sqrt '(100000000000000000000 1/2)))) ; expect: sqrt: expected 1 argument, got 2
(println (message (apply exp nil))) ; expect: exp: expected 1 argument, got 0
(println (message (apply exp '(100000000000000000000 1/2)))) ; expect: exp: expected 1 argument, got 2
(println (message (apply sin nil))) ; expect: sin: expected 1 argument, got 0
(println (message (apply sin '(100000000000000000000 1/2)))) ; expect: sin: expected 1 argument, got 2
(println (message (apply cos nil))) ; expect: cos: expected 1 argument, got 0
(println (message (apply cos '(100000000000000000000 1/2)))) ; expect: cos: expected 1 argument, got 2
(println (message (apply tan nil))) ; expect: tan: expected 1 argument, got 0
(println (message (apply tan '(100000000000000000000 1/2)))) ; expect: tan: expected 1 argument, got 2
(println (message (apply asin nil))) ; expect: asin: expected 1 argument, got 0
(println (message (apply asin '(100000000000000000000 1/2)))) ; expect: asin: expected 1 argument, got 2
(println (message (apply acos nil))) ; expect: acos: expected 1 argument, got 0
(println (message (apply acos '(100000000000000000000 1/2)))) ; expect: acos: expected 1 argument, got 2
(println (message (apply bitwise-not nil))) ; expect: bitwise-not: expected 1 argument, got 0
(println (message (apply bitwise-not '(100000000000000000000 1/2)))) ; expect: bitwise-not: expected 1 argument, got 2
(println (message (apply bit-count nil))) ; expect: bit-count: expected 1 argument, got 0
(println (message (apply bit-count '(100000000000000000000 1/2)))) ; expect: bit-count: expected 1 argument, got 2
(println (message (apply random-seed nil))) ; expect: random-seed: expected 1 argument, got 0
(println (message (apply random-seed '(100000000000000000000 1/2)))) ; expect: random-seed: expected 1 argument, got 2
(println (message (apply min nil))) ; expect: min: expected at least 1 argument, got 0
(println (message (apply max nil))) ; expect: max: expected at least 1 argument, got 0
(println (message (apply expt '(1)))) ; expect: expt: expected 2 arguments, got 1
(println (message (apply expt '(1 2 3)))) ; expect: expt: expected 2 arguments, got 3
(println (message (apply arithmetic-shift '(1)))) ; expect: arithmetic-shift: expected 2 arguments, got 1
(println (message (apply arithmetic-shift '(1 2 3)))) ; expect: arithmetic-shift: expected 2 arguments, got 3
(println (message (apply log nil))) ; expect: log: expected 1 to 2 arguments, got 0
(println (message (apply log '(1 2 3)))) ; expect: log: expected 1 to 2 arguments, got 3
(println (message (apply atan nil))) ; expect: atan: expected 1 to 2 arguments, got 0
(println (message (apply atan '(1 2 3)))) ; expect: atan: expected 1 to 2 arguments, got 3
(println (message (apply random '(1 2)))) ; expect: random: expected 0 to 1 argument, got 2
