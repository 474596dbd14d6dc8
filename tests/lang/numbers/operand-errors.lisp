(defmacro message (form) `(try ,form (catch (e) (error-message e))))
(println (message (abs "x"))) ; expect: abs: expected a number, got "x"
(println (message (inexact "x"))) ; expect: inexact: expected a number, got "x"
(println (message (exact "x"))) ; expect: exact: expected a number, got "x"
(println (message (floor "x"))) ; expect: floor: expected a number, got "x"
(println (message (ceiling "x"))) ; expect: ceiling: expected a number, got "x"
(println (message (truncate "x"))) ; expect: truncate: expected a number, got "x"
(println (message (round "x"))) ; expect: round: expected a number, got "x"
(println (message (sqrt "x"))) ; expect: sqrt: expected a number, got "x"
(println (message (exp "x"))) ; expect: exp: expected a number, got "x"
(println (message (sin "x"))) ; expect: sin: expected a number, got "x"
(println (message (cos "x"))) ; expect: cos: expected a number, got "x"
(println (message (tan "x"))) ; expect: tan: expected a number, got "x"
(println (message (asin "x"))) ; expect: asin: expected a number, got "x"
(println (message (acos "x"))) ; expect: acos: expected a number, got "x"
(println (message (log "x"))) ; expect: log: expected a number, got "x"
(println (message (atan "x"))) ; expect: atan: expected a number, got "x"
(println (message (min "x"))) ; expect: min: expected a number, got "x"
(println (message (max "x"))) ; expect: max: expected a number, got "x"
(println (message (min 100000000000000000000 nil))) ; expect: min: expected a number, got nil
(println (message (max 100000000000000000000 nil))) ; expect: max: expected a number, got nil
(println (message (log 100000000000000000000 nil))) ; expect: log: expected a number, got nil
(println (message (atan 100000000000000000000 nil))) ; expect: atan: expected a number, got nil
(println (message (gcd 100000000000000000000 1.0))) ; expect: gcd: expected an integer, got 1.0
(println (message (gcd 1/2))) ; expect: gcd: expected an integer, got 1/2
(println (message (lcm 100000000000000000000 1.0))) ; expect: lcm: expected an integer, got 1.0
(println (message (lcm 1/2))) ; expect: lcm: expected an integer, got 1/2
(println (message (numerator 0.5))) ; expect: numerator: expected an exact number, got 0.5
(println (message (denominator 0.5))) ; expect: denominator: expected an exact number, got 0.5
(println (message (exact +inf.0))) ; expect: exact: expected a finite number, got +inf.0
(println (message (exact -inf.0))) ; expect: exact: expected a finite number, got -inf.0
(println (message (exact +nan.0))) ; expect: exact: expected a finite number, got +nan.0
