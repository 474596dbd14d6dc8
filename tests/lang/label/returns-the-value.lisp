(println (label answer 42)) ; expect: 42
(println answer) ; expect: 42
(println (label id (lambda (it) it))) ; expect: <lambda>
