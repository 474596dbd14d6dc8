(define (make n) (lambda () n))
(define one (make 1))
(define m (%hash-map one 'mine car 'builtin))
(println (%get m one) (%get m (make 1) 'other) (%get m car)) ; expect: mine other builtin
