; Correctly rounded, ties to the even digit, floats by their exact value.
(println (list (format "~,3f" 3.14159) (format "~,0f" 3.7) (format "~,2f" 5) (format "~,2f" 2/3) (format "~,3f" -1.5) (format "~,2f" 1e21))) ; expect: ("3.142" "4" "5.00" "0.67" "-1.500" "1000000000000000000000.00")
(println (list (format "~,0f" 2.5) (format "~,0f" 3.5) (format "~,2f" 0.125) (format "~,2f" 1/8) (format "~,2f" 3/8) (format "~,1f" 0.25))) ; expect: ("2" "4" "0.12" "0.12" "0.38" "0.2")
(println (list (format "~,2f" 2.675) (format "~,20f" 0.1) (format "~,2f" 0.999) (format "~,2f" 9.999) (format "~,2f" -0.001) (format "~,1f" -0.0))) ; expect: ("2.67" "0.10000000000000000555" "1.00" "10.00" "-0.00" "-0.0")
(println (list (format "~,2f" (/ 1.0 0)) (format "~,2f" (/ -1.0 0)) (format "~,2f" 123456789012345678901234567890) (format "~,3f" 0))) ; expect: ("+inf.0" "-inf.0" "123456789012345678901234567890.00" "0.000")
