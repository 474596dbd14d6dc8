(println "say \"hi\"") ; expect: say "hi"
(println (list "say \"hi\"")) ; expect: ("say \"hi\"")
