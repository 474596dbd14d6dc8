; a million turns with a try, a million caught errors: no stack, no memory
(define (turns n acc) (if (= n 0) acc (turns (- n 1) (+ acc (try 1 (catch (e) 0))))))
(println (turns 1000000 0)) ; expect: 1000000
(define (caught n acc) (if (= n 0) acc (caught (- n 1) (+ acc (try (car n) (catch (e) (car (error-data e))))))))
(println (caught 1000000 0)) ; expect: 500000500000
(define (tail n) (if (= n 0) 'done (progn (try (error "x" n) (catch (e) nil)) (tail (- n 1)))))
(println (tail 100000)) ; expect: done
