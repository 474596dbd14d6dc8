(println (gcd) (gcd 12) (gcd -12) (gcd 12 -18) (gcd 0 5) (gcd 0 0) (gcd 17 5) (gcd 12 18 27)) ; expect: 0 12 12 6 5 0 1 3
(println (lcm) (lcm 4) (lcm -4) (lcm 4 6) (lcm -4 6) (lcm 0 5) (lcm 2 3 4 5)) ; expect: 1 4 4 12 12 0 60
(println (gcd -9223372036854775808 -9223372036854775808) (gcd -9223372036854775808 9223372036854775807)) ; expect: 9223372036854775808 1
(println (lcm -9223372036854775808) (lcm 9223372036854775807 2) (lcm 9223372036854775807 9223372036854775806 0)) ; expect: 9223372036854775808 18446744073709551614 0
(println (gcd 100000000000000000000 15) (gcd 6 100000000000000000000 14) (lcm 100000000000000000000 -3)) ; expect: 5 2 300000000000000000000
(define (copies x count list) (if (= count 0) list (copies x (- count 1) (cons x list))))
(println (apply gcd (range 0 600000 6)) (apply lcm (copies 6 100000 nil))) ; expect: 6 6
