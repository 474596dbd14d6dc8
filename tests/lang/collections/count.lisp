(println (%count nil) (%count '(1 2)) (%count <<1>>) (%count "na\u{ef}ve") (%count {:a 1}) (%count #{1 2 1}) (%count #pvec[1 2 3])) ; expect: 0 2 1 5 1 2 3
