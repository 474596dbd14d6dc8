(define (note x) (print x "") x)
(println (+ (note 1) (note 2) (note 3))) ; expect: 1 2 3 6
(println (- (note 1) (* (note 2) (note 3)))) ; expect: 1 2 3 -5
