(println (print "x")) ; expect: xnil
