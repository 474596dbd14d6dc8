(define s (%hash-set {:x 1 :y 2} {:y 2 :x 1} {:x 2 :y 1}))
(println (%count s) (%contains? s {:y 1 :x 2})) ; expect: 2 t
