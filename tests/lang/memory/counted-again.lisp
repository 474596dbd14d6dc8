; A list is counted, uncounted and counted again in one function; code at -O2 took the first count for the last.
(define (g n x seen) (if (<= n 0) (g (- n 1) 1 (cons 1 seen))))
(define (h n x seen) (if (= n 0) (length seen) (try (h (- n 1) (g 6 7 (progn {:a 1} seen)) (cons 1 seen)) (catch (e) (length seen)))))
(println (h 8 0 nil)) ; expect: 8
