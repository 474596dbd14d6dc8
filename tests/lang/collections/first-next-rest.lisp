(println (%first '(9 8)) (%first <<7 6>>) (%first nil) (%first "qr") (%first {:a 1}) (%first #{}) (%first 5)) ; expect: 9 7 nil q <<:a 1>> nil nil
(println (%next '(1 2 3)) (%next '(1)) (%next nil) (%next <<1 2>>) (%next "abc") (%next {:a 1 :b 2})) ; expect: (2 3) nil nil (2) ("b" "c") (<<:b 2>>)
(println (%rest '(1 2)) (%rest '(1)) (%rest nil) (%rest #pset{1 2})) ; expect: (2) nil nil (2)
