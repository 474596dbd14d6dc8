; The 40th Fibonacci number by double recursion: calls, comparison, addition.
(define (fib n)
  (if (< n 2)
      n
      (+ (fib (- n 1)) (fib (- n 2)))))

(println (fib 40))
