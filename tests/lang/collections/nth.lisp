(println (%nth <<1 2>> 1) (%nth '(1 2) 0) (%nth "n\u{e4}h" 1) (%nth #pvec[4] 0)) ; expect: 2 1 ä 4
(println (%nth <<1>> 1) (%nth '(1) 7 'no) (%nth nil 0 'no) (%nth 5 0 'no) (%nth "" 0 'no)) ; expect: nil no no no no
