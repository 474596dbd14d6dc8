(println (string-length (format "~,1000f" 1/3)) (string-length (format "~,1000000f" 1))) ; expect: 1002 1000002
