(define (numbers n acc) (if (= n 0) acc (numbers (- n 1) (cons (number->string n) acc))))
(write-lines "l4-million.txt" (numbers 1000000 nil))
(define lines (read-lines "l4-million.txt"))
(println (length lines) (car lines) (nth lines 999999)) ; expect: 1000000 1 1000000
(shell "rm -f l4-million.txt")
