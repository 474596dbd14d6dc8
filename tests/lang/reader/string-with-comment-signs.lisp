(println "semi ; colon (paren) <<v>>") ; expect: semi ; colon (paren) <<v>>
