(println (> (now) 1600000000)) ; expect: t
(now 1) ; expect error: now: expected 0 arguments, got 1
