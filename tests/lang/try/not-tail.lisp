; neither the body nor the handler is in tail position, and both see the try around them
(define (down n) (if (= n 0) (error "end") (try (down (- n 1)) (catch (e) (raise e)))))
(println (try (down 5000) (catch (e) (error-message e)))) ; expect: end
(define (count n) (try (if (= n 0) 0 (+ 1 (count (- n 1)))) (catch (e) 'never)))
(println (count 5000)) ; expect: 5000
(define (g) (car 1))
(define (f) (try (g) (catch (e) 'caught)))
(println (f)) ; expect: caught
