; A function whose value is a new vector or pair is inlined up to a larger size, as its parts are then known: nothing is allocated here.
(define (add a b) (vector (+ (vector-ref a 0) (vector-ref b 0)) (+ (vector-ref a 1) (vector-ref b 1)) (+ (vector-ref a 2) (vector-ref b 2))))
(define (dot a b) (+ (* (vector-ref a 0) (vector-ref b 0)) (* (vector-ref a 1) (vector-ref b 1)) (* (vector-ref a 2) (vector-ref b 2))))
(define (size-of-sum a b) (let ((sum (add a b))) (sqrt (dot sum sum))))
(list add dot size-of-sum)
(define (divide n d) (list (quotient n d) (remainder n d)))
(define (digits-sum n) (if (= n 0) 0 (let ((parts (divide n 10))) (+ (car (cdr parts)) (digits-sum (car parts))))))
(list divide digits-sum)
