(println 1)
(println "no end) ; expect error: unterminated
