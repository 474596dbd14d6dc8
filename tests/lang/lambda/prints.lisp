(println (lambda (who) (list who)) car) ; expect: <lambda> <native-fn>
