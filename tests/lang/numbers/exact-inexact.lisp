(println (exact 0.5) (exact 3.0) (exact -3.75) (exact 0.0) (exact -0.0) (exact 0.1)) ; expect: 1/2 3 -15/4 0 0 3602879701896397/36028797018963968
(println (exact 1e20) (exact 9223372036854775807.0) (exact -9223372036854775808.0)) ; expect: 100000000000000000000 9223372036854775808 -9223372036854775808
(println (= (exact 5e-324) (expt 2 -1074)) (= (exact 1.7976931348623157e308) (- (expt 2 1024) (expt 2 971)))) ; expect: t t
(println (exact 7) (exact 1/3) (exact 100000000000000000000)) ; expect: 7 1/3 100000000000000000000
(println (inexact 1/3) (inexact 7) (inexact 2.5) (inexact 100000000000000000000) (inexact 9007199254740993)) ; expect: 0.3333333333333333 7.0 2.5 1e20 9007199254740992.0
(println (inexact (expt 10 400)) (inexact (- (expt 10 400))) (inexact (expt 10 -400)) (inexact (/ (+ (expt 10 400) 1) (expt 10 399)))) ; expect: +inf.0 -inf.0 0.0 10.0
