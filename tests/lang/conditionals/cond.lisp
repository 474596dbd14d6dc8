(println (cond ((< 4 5) 'less) (t 'more))) ; expect: less
(println (cond ((> 4 5) 'more) ((= 4 5) 'same) (t 'least))) ; expect: least
(println (cond ((= 1 2) 'no)) (cond) (cond (42)) (cond (nil) (t 'fallback))) ; expect: nil nil 42 fallback
