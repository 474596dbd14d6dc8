(println (%empty? nil) (%empty? <<>>) (%empty? {}) (%empty? #{}) (%empty? "") (%empty? #pvec[]) (%empty? #pmap{})) ; expect: t t t t t t t
(println (%empty? '(1)) (%empty? <<1>>) (%empty? {1 2}) (%empty? #{1}) (%empty? "x") (%empty? 0) (%empty? 'a)) ; expect: nil nil nil nil nil nil nil
