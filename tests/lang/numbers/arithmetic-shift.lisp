(println (arithmetic-shift 1 0) (arithmetic-shift 1 62) (arithmetic-shift 1 63) (arithmetic-shift 1 64) (arithmetic-shift 3 62)) ; expect: 1 4611686018427387904 9223372036854775808 18446744073709551616 13835058055282163712
(println (arithmetic-shift -1 62) (arithmetic-shift -1 63) (arithmetic-shift -1 64) (arithmetic-shift -2 62)) ; expect: -4611686018427387904 -9223372036854775808 -18446744073709551616 -9223372036854775808
(println (arithmetic-shift 5 -1) (arithmetic-shift -5 -1) (arithmetic-shift 5 -100) (arithmetic-shift -5 -100) (arithmetic-shift -5 -9223372036854775808)) ; expect: 2 -3 0 -1 -1
(println (arithmetic-shift 100000000000000000000 -64) (arithmetic-shift -100000000000000000000 -64) (arithmetic-shift 100000000000000000000 3)) ; expect: 5 -6 800000000000000000000
(println (arithmetic-shift 0 100000000000000000000) (arithmetic-shift 0 9223372036854775807) (arithmetic-shift 7 -100000000000000000000) (arithmetic-shift -7 -100000000000000000000)) ; expect: 0 0 0 -1
(println (arithmetic-shift 18446744073709551616 -9223372036854775808) (arithmetic-shift -18446744073709551616 -100000000000000000000)) ; expect: 0 -1
