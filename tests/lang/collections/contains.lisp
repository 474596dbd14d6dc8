(println (%contains? {:a nil} :a) (%contains? {:a 1} :b) (%contains? #{"x"} "x") (%contains? #pset{1} 2)) ; expect: t nil t nil
(println (%contains? <<1 2>> 1) (%contains? <<1 2>> 2) (%contains? <<1>> -1) (%contains? '(1) 0) (%contains? nil 1) (%contains? 5 5)) ; expect: t nil nil nil nil nil
