; A program's own definition is the name everywhere; the library goes on using its own.
(define (filter x) (list 'mine x))
(define (reverse xs) 'backwards)
(define (map-one f xs out) 'helper)
(label car 5)
(println (filter 1)) ; expect: (mine 1)
(println (map (lambda (x) (* x 2)) '(1 2 3))) ; expect: (2 4 6)
(println (reduce + '(1 2 3))) ; expect: 6
(println (reverse 1) car (map-one 1 2 3)) ; expect: backwards 5 helper
