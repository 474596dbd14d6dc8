(println (car '(north south)) (cdr '(north south)) (cdr '(only))) ; expect: north (south) nil
(println (car (cons 'k 'v)) (cdr (cons 'k 'v)) (car (cdr (cdr '(i ii iii iv))))) ; expect: k v iii
