(println (bit-count 0) (bit-count 7) (bit-count -1) (bit-count -8) (bit-count 9223372036854775807) (bit-count -9223372036854775808)) ; expect: 0 3 0 3 63 63
(println (bit-count (expt 2 100)) (bit-count (- (expt 2 100))) (bit-count (- (expt 2 100) 1)) (bit-count -18446744073709551617)) ; expect: 1 100 100 1
