(println (integer? 1) (integer? 100000000000000000000) (integer? 1.0) (integer? 1/2) (integer? nil) (integer? "1")) ; expect: t t nil nil nil nil
(println (float? 1.0) (float? +nan.0) (float? 1) (float? 1/2) (float? 100000000000000000000) (float? nil)) ; expect: t t nil nil nil nil
