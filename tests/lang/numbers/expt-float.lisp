(println (expt 2 0.5) (expt 2.0 3) (expt 2.0 -1) (expt 4 1/2) (expt 1/4 0.5) (expt 2 3.0)) ; expect: 1.4142135623730951 8.0 0.5 2.0 0.5 8.0
(println (expt 0.0 0) (expt 0 0.0) (expt 0.0 -1) (expt -0.0 -1) (expt 0 -1.0) (expt +nan.0 0) (expt -8 1/3)) ; expect: 1.0 1.0 +inf.0 -inf.0 +inf.0 1.0 +nan.0
(println (expt -1.0 9007199254740993) (expt -1.0 100000000000000000000) (expt -1.0 -100000000000000000001)) ; expect: -1.0 1.0 -1.0
(println (expt 10.0 400) (expt 10.0 -400) (expt -inf.0 3) (expt 2.0 100000000000000000000)) ; expect: +inf.0 0.0 -inf.0 +inf.0
(println (expt (expt 10 400) 1/2) (expt (expt 10 400) -0.5) (expt (expt 10 -400) 0.5) (expt (expt 10 400) 2.0)) ; expect: 1e200 1e-200 1e-200 +inf.0
(println (expt (- (expt 10 400)) 0.5) (expt (- (expt 10 -400)) 1/2) (expt (- (expt 10 -400)) -1.0) (expt (- (expt 10 400)) 2.0)) ; expect: +nan.0 +nan.0 -inf.0 +inf.0
