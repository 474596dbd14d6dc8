(println
  (+ 'a ; expect error: +: expected a number, got a
     (progn (println "evaluated") 1))) ; expect: evaluated
