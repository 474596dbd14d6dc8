; A struct of which one field is a record that stays a vector, because it is printed, and another one a struct; and a record that is never
; made, only changed, beside it.
(define (inner a) (vector a (+ a 1)))
(define (outer n) (vector (inner n) n (inner (* 2 n))))
(define (use o) (println (vector-ref o 0)) (+ (vector-ref o 1) (vector-ref (vector-ref o 2) 0)))
(define (many n acc) (if (= n 0) acc (many (- n 1) (cons (outer n) acc))))
(define (sum l s) (if (nil? l) s (sum (cdr l) (+ s (use (car l))))))
(println (sum (many 3 nil) 0)) ; expect: <<1 2>>
; expect: <<2 3>>
; expect: <<3 4>>
; expect: 18
(define (versions v) (vector v (if (empty? v) v (vector-set v 0 3)) v))
(define (endless n) (t (endless 0)))
(try (println (versions (let ((y <<0 0>>)) y)) (endless 6)) (catch (e) (println 'deep))) ; expect: deep
