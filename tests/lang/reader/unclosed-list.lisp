(println 1)
(println (+ 1 2) ; expect error: unclosed
