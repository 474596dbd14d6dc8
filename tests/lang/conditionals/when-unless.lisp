(println (when (< 1 2) 'a 'b) (when nil 'a) (unless nil 'c) (unless t 'c)) ; expect: b nil c nil
