; 3000! by multiplication: bigints.
(define (factorial n acc) (if (= n 0) acc (factorial (- n 1) (* n acc))))
(define (digits n count) (if (= n 0) count (digits (quotient n 10) (+ count 1))))
(println (digits (factorial 3000 1) 0))
