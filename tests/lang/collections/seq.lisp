(println (%seq '(1 2)) (%seq <<1 2>>) (%seq #{1 2}) (%seq {:a 1}) (%seq #pvec[1])) ; expect: (1 2) (1 2) (1 2) (<<:a 1>>) (1)
(println (%seq "h\u{e9}!") (%seq "") (%seq nil) (%seq <<>>) (%seq {}) (%seq 5) (%seq 'a)) ; expect: ("h" "é" "!") nil nil nil nil nil nil
