(println (list (number->string 42) (number->string 1/3) (number->string 2.5) (number->string 255 16) (number->string -5 2))) ; expect: ("42" "1/3" "2.5" "ff" "-101")
