(println (random-seed 0) (random 1000000)) ; expect: nil 601262
(println (random-seed -1) (random 1000000)) ; expect: nil 559892
(println (random-seed 18446744073709551616) (random 1000000)) ; expect: nil 601262
(println (random-seed 18446744073709551615) (random 1000000)) ; expect: nil 559892
(println (random-seed -100000000000000000000) (random 1000000)) ; expect: nil 118326
