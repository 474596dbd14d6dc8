(println (floor 5/2) (ceiling 5/2) (truncate 5/2) (round 5/2)) ; expect: 2 3 2 2
(println (floor -5/2) (ceiling -5/2) (truncate -5/2) (round -5/2)) ; expect: -3 -2 -2 -2
(println (round 1/2) (round 3/2) (round 7/2) (round -1/2) (round -3/2) (round 8/3) (round 7/3) (round -8/3)) ; expect: 0 2 4 0 -2 3 2 -3
(println (floor 2.5) (ceiling 2.5) (truncate 2.5) (round 2.5) (round 3.5) (round -2.5) (round 0.49999999999999994)) ; expect: 2.0 3.0 2.0 2.0 4.0 -2.0 0.0
(println (floor -0.5) (ceiling -0.5) (truncate -0.5) (round -0.5) (round 1e300) (floor -inf.0) (ceiling +nan.0)) ; expect: -1.0 -0.0 -0.0 -0.0 1e300 -inf.0 +nan.0
(println (floor 7) (ceiling -7) (truncate 100000000000000000000) (round -100000000000000000000)) ; expect: 7 -7 100000000000000000000 -100000000000000000000
(println (round 200000000000000000001/2) (floor -200000000000000000001/2) (round 18446744073709551615/2)) ; expect: 100000000000000000000 -100000000000000000001 9223372036854775808
