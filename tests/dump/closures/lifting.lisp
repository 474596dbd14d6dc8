; A local function that is only called gets its free variables as operands; one that escapes becomes a closure.
(define (count-down n step)
  (let loop ((i n)) (if (< i 0) i (loop (- i step)))))
(define (adder n) (lambda (x) (+ x n)))
(define (twice) (lambda (x) (list x x)))
