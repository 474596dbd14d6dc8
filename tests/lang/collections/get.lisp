(println (%get {:a nil} :a 'no) (%get {:a 1} :b) (%get {:a 1} :b 'no)) ; expect: nil nil no
(println (%get #{"x"} "x") (%get #{1} 2 'no)) ; expect: x no
(println (%get <<5 6>> 1) (%get <<5 6>> 2 'no) (%get <<5 6>> -1 'no) (%get "xyz" 1) (%get "xyz" 9 'no)) ; expect: 6 no no y no
(println (%get nil 1 'no) (%get 5 1 'no) (%get '(1 2) 0 'no) (%get <<1>> 'k 'no) (%get #pvec[7] 0)) ; expect: no no no no 7
