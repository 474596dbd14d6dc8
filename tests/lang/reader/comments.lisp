; a comment line
(println (+ 3 ; in the middle
   ; alone
   4)) ; expect: 7
(println '(a;glued
 b)) ; expect: (a b)
; at the end
