(println 2.5 7. .5 -.5) ; expect: 2.5 7.0 0.5 -0.5
(println 1e5 2E-3 1.5e+2) ; expect: 100000.0 0.002 150.0
(println 1e400 -1e400) ; expect: +inf.0 -inf.0
(println +inf.0 -inf.0 +nan.0) ; expect: +inf.0 -inf.0 +nan.0
(println 4.9e-324 1.7976931348623157e308) ; expect: 5e-324 1.7976931348623157e308
