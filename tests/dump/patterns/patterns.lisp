; States that loops make for themselves and take apart are passed as their parts.
(define (walk n z)
  (if (= n 0)
      z
      (walk (- n 1) (vector (* (vector-ref z 0) 2.0) (+ (vector-ref z 1) (vector-ref z 0))))))
(println (walk 10 (vector 1.0 0.0)))

; a pair, made in two ways; the operand in front of it is evaluated before them
(define (count-signs xs sum counts)
  (if (nil? xs)
      (list sum (car counts) (cdr counts))
      (count-signs (cdr xs) (+ sum (car xs))
                   (if (< (car xs) 0) (cons (+ (car counts) 1) (cdr counts)) (cons (car counts) (+ (cdr counts) 1))))))
(println (count-signs '(1 -2 3) 0 (cons 0 0)))

; a list, which is passed on as it is in one branch and printed in another
(define (steps n state)
  (cond ((= n 0) (println state))
        ((= (remainder n 3) 0) (steps (- n 1) state))
        (t (steps (- n 1) (list (+ (car state) n) (car (cdr state)))))))
(steps 10 (list 0 'a))

; stays as it is: each turn needs the structure itself
(define (trail n p out)
  (if (= n 0) out (trail (- n 1) (vector (vector-ref p 0) n) (cons p out))))
(println (trail 3 (vector 0 0) nil))
