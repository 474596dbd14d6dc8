(label plus +)
(println (plus 2 3) plus) ; expect: 5 <native-fn>
