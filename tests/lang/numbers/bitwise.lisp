(println (bitwise-and) (bitwise-ior) (bitwise-xor) (bitwise-and 5) (bitwise-ior -5) (bitwise-xor 5)) ; expect: -1 0 0 5 -5 5
(println (bitwise-and 12 10) (bitwise-ior 12 10) (bitwise-xor 12 10) (bitwise-and 15 7 -2) (bitwise-xor 1 2 4 8 -1)) ; expect: 8 14 6 6 -16
(println (bitwise-and -1 18446744073709551616) (bitwise-ior -18446744073709551616 1) (bitwise-xor 18446744073709551616 18446744073709551617)) ; expect: 18446744073709551616 -18446744073709551615 1
(println (bitwise-and 18446744073709551617 255) (bitwise-and -18446744073709551616 18446744073709551615 7)) ; expect: 1 0
(println (bitwise-not 0) (bitwise-not -1) (bitwise-not 9223372036854775807) (bitwise-not 9223372036854775808) (bitwise-not -9223372036854775809)) ; expect: -1 0 -9223372036854775808 -9223372036854775809 9223372036854775808
(println (apply bitwise-xor (range 100000)) (apply bitwise-ior (range 100000))) ; expect: 0 131071
