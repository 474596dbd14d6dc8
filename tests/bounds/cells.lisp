; Allocates a thousand times as many cells as the first argument says, in lists of a thousand.
(define (build n list) (if (= n 0) list (build (- n 1) (cons n list))))

(define (churn i total) (if (= i 0) total (churn (- i 1) (+ total (length (build 1000 nil))))))

(println (churn (string->number (car (command-line))) 0))
