(print 1 2)
(print "-")
(println 3) ; expect: 1 2-3
(println) ; expect: 
(println nil t 'a 1/2 2.5) ; expect: nil t a 1/2 2.5
