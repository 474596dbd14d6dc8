; evaluations leave nothing behind
(define (sum n acc) (if (= n 0) acc (sum (- n 1) (+ acc (eval (list '+ n 1))))))
(println (sum 100000 0)) ; expect: 5000150000
(define (failing n acc) (if (= n 0) acc (failing (- n 1) (+ acc (try (eval '(car 1)) (catch (e) 1))))))
(println (failing 10000 0)) ; expect: 10000
(define (malformed n acc) (if (= n 0) acc (malformed (- n 1) (+ acc (try (eval '(if)) (catch (e) 1))))))
(println (malformed 10000 0)) ; expect: 10000
