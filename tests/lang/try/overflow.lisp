; a stack overflow is an error like others, and the program goes on
(define (runaway n) (+ 1 (runaway (+ n 1))))
(define (depth) (try (runaway 0) (catch (e) (error-message e))))
(define (starts-with? s n) (if (< n 0) t (starts-with? s (- n 1))))
(define first-message (depth))
(println (string? first-message)) ; expect: t
(println (eq first-message (depth))) ; expect: t
(define (grow n l) (cons (grow (+ n 1) (list n)) n)) ; the other way round would be a loop
(println (error? (try (grow 0 nil) (catch (e) e)))) ; expect: t
(define (mutual-a n) (list (mutual-b n)))
(define (mutual-b n) (vector (mutual-a n)))
(println (error? (try (mutual-a (list 1 2)) (catch (e) e)))) ; expect: t
(define (sum n) (if (= n 0) 0 (+ n (sum (- n 1)))))
(println (sum 10000)) ; expect: 50005000
