; Sorting random numbers: ascending, a permutation, and sorting twice changes nothing.
(define (numbers n seed out)
  (if (= n 0) out
      (numbers (- n 1) (modulo (+ (* seed 1103515245) 12345) 2147483648) (cons (modulo (quotient seed 65536) 1000) out))))
(define (ascending? xs)
  (or (nil? xs) (nil? (cdr xs)) (and (<= (car xs) (car (cdr xs))) (ascending? (cdr xs)))))
(define (check n)
  (let* ((xs (numbers n (+ n 1) nil)) (up (sort xs)) (down (sort xs >)))
    (and (ascending? up)
         (equal? up (sort up))
         (equal? up (reverse down))
         (= (length xs) (length up))
         (= (reduce + 0 xs) (reduce + 0 up)))))
(println (reduce (lambda (ok n) (and ok (check n))) t '(0 1 2 3 4 5 6 7 8 9 10 11 12 13 31 32 33 100 1000))) ; expect: t
