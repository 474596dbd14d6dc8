; Symbolic differentiation with simplification.

(define (number-is? x n) (and (number? x) (= x n)))

(define (make-sum a b)
  (cond ((number-is? a 0) b)
        ((number-is? b 0) a)
        ((and (number? a) (number? b)) (+ a b))
        ((equal? a b) (make-product 2 a))
        (t (list '+ a b))))

(define (make-product a b)
  (cond ((or (number-is? a 0) (number-is? b 0)) 0)
        ((number-is? a 1) b)
        ((number-is? b 1) a)
        ((and (number? a) (number? b)) (* a b))
        ((number? b) (make-product b a))
        ((and (number? a) (cons? b) (eq (car b) '*) (number? (second b)))
         (make-product (* a (second b)) (third b)))
        (t (list '* a b))))

(define (make-power base n)
  (cond ((= n 0) 1)
        ((= n 1) base)
        (t (list 'power base n))))

(define (second xs) (car (cdr xs)))
(define (third xs) (car (cdr (cdr xs))))

; The derivative of e with respect to the variable x.  Operators: + * power (constant exponent) sin cos exp.
(define (derive e x)
  (cond ((number? e) 0)
        ((atom e) (if (eq e x) 1 0))
        (t (case (car e)
             ((+) (make-sum (derive (second e) x) (derive (third e) x)))
             ((*) (make-sum (make-product (second e) (derive (third e) x))
                            (make-product (derive (second e) x) (third e))))
             ((power) (make-product (make-product (third e) (make-power (second e) (- (third e) 1)))
                                (derive (second e) x)))
             ((sin) (make-product (list 'cos (second e)) (derive (second e) x)))
             ((cos) (make-product (make-product -1 (list 'sin (second e))) (derive (second e) x)))
             ((exp) (make-product e (derive (second e) x)))
             (else (list 'derivative e x))))))

(define (show e) (println "d/dx" e "=" (derive e 'x)))

(show 'x)
(show '(+ (power x 3) (* 2 x)))
(show '(* (+ x 1) (+ x -1)))
(show '(sin (power x 2)))
(show '(exp (* 3 x)))
(show '(* (exp x) (cos x)))
(show '(f x))

; The n-th derivative of x^n is n!
(define (nth-derivative e n) (if (= n 0) e (nth-derivative (derive e 'x) (- n 1))))
(println "20th derivative of x^20:" (nth-derivative '(power x 20) 20))
