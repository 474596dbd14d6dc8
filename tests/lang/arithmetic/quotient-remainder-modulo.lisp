(println (quotient 17 5) (quotient -17 5) (quotient 17 -5) (remainder -17 5) (modulo -17 5) (modulo 17 -5)) ; expect: 3 -3 -3 -2 3 -3
(println (quotient -9223372036854775808 -1) (remainder -9223372036854775808 -1)) ; expect: 9223372036854775808 0
(println (quotient 100000000000000000000 3) (modulo -100000000000000000000 7)) ; expect: 33333333333333333333 5
