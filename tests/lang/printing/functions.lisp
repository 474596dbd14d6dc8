(println car (lambda (x) x) (list car)) ; expect: <native-fn> <lambda> (<native-fn>)
