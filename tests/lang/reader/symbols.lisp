(println 'a-long_name*with+odd!chars?=%) ; expect: a-long_name*with+odd!chars?=%
(println 'string->size 'a<b 'x.y 'a&b 'x$ 'été) ; expect: string->size a<b x.y a&b x$ été
(println (eq 'Case 'case)) ; expect: nil
