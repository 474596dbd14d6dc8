(define (make name value) `(define ,name ,value (list ,@(list name value))))
(println (make 'x 1)) ; expect: (define x 1 (list x 1))
