; An error inside a loop that was specialised has its place, and what was printed before it stays.
(define (sum list) (let loop ((l list) (s 0)) (if (nil? l) s (loop (cdr l) (+ s (car l))))))
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (sum '(1 2 x)))) (message (lambda () (sum '(1 2.5 "a")))) (message (lambda () (sum '(9223372036854775807 5 nil)))))
; expect: +: expected a number, got x +: expected a number, got "a" +: expected a number, got nil
(define (items v n) (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s (vector-ref v i)))))) ; expect error: vector-ref: index 2 out of bounds for length 2
(println (items <<1 2 3>> 3) (items <<1.5 2.5>> 2) (message (lambda () (items <<1 2 3>> 4))) (message (lambda () (items <<1 "a">> 2))))
; expect: 6 4.0 vector-ref: index 3 out of bounds for length 3 +: expected a number, got "a"
(define (fill v n x) (let loop ((i 0) (v v)) (if (= i n) v (loop (+ i 1) (vector-set v i x)))))
(println (fill (make-vector 3 0) 3 7) (fill (make-vector 3 0.0) 2 7) (fill (make-vector 2 0.0) 1 1.5) (message (lambda () (fill (make-vector 2 1) 3 0))))
; expect: <<7 7 7>> <<7 7 0.0>> <<1.5 0.0>> vector-set: index 2 out of bounds for length 2
(define shared (make-vector 2 1))
(println (fill shared 2 5) shared (fill shared 1 2.5) shared)
; expect: <<5 5>> <<1 1>> <<2.5 1>> <<1 1>>
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(println (fib 20) (fib 20.0) (fib 5/2) (message (lambda () (fib "x"))) (map fib '(1 2.0 10)))
; expect: 6765 6765.0 2 <: expected a number, got "x" (1 1.0 55)
(println (message (lambda () (items <<1>> -1))))
; expect: vector-ref: index 1 out of bounds for length 1
(println "before")
; expect: before
(items <<1 2>> 3)
