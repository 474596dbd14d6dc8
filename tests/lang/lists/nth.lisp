(println (nth '(zero one two) 0) (nth '(zero one two) 2) (nth '(zero one two) 3) (nth '(a) -1) (nth nil 0)) ; expect: zero two nil nil nil
(nth '(a b) 'x) ; expect error: nth
