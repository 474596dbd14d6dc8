(println (list) (list 1 (+ 1 1) 'three "four") (list (list 1) (list))) ; expect: nil (1 2 three "four") ((1) nil)
