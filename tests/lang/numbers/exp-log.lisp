(println (exp 0) (exp 1) (exp -1.0) (exp 1000) (exp -inf.0) (exp 1/2) (exp (expt 10 400))) ; expect: 1.0 2.718281828459045 0.36787944117144233 +inf.0 0.0 1.6487212707001282 +inf.0
(println (log 1) (log 0) (log -0.0) (log -1) (log +inf.0) (log +nan.0) (log 10.0)) ; expect: 0.0 -inf.0 -inf.0 +nan.0 +inf.0 +nan.0 2.302585092994046
(println (log 8 2) (log 1000 10) (log 81 3) (log 2 1) (log 1/8 2) (log 100 10.0) (log 8 1/2)) ; expect: 3.0 3.0 4.0 +inf.0 -3.0 2.0 -3.0
(println (log (expt 10 400)) (log (expt 10 400) 10) (log (expt 10 -400) 10) (log (expt 2 5000) 2) (log (expt 2 -5000) 2)) ; expect: 921.0340371976182 400.0 -400.0 5000.0 -5000.0
(println (log (- (expt 10 400))) (log (- (expt 10 -400))) (log (expt 3 2000) (expt 3 1000))) ; expect: +nan.0 +nan.0 2.0
