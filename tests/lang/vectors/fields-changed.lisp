; Records as vectors: reads of the old version between changes, in place or not, and what others hold stays as it is.
(define (move p) (vector-set (vector-set p 0 (+ (vector-ref p 0) (vector-ref p 2))) 1 (+ (vector-ref p 1) (vector-ref p 2))))
(println (move (vector 1 2 3))) ; expect: <<4 5 3>>
(define p (vector 1 2 3))
(println (move p) (move (move p)) p) ; expect: <<4 5 3>> <<7 8 3>> <<1 2 3>>

; The place that was written is read in the old version.
(define (old p) (vector-set (vector-set p 0 10) 1 (+ (vector-ref p 0) (vector-ref p 2))))
(println (old (vector 1 2 3)) (old p) p) ; expect: <<10 4 3>> <<10 4 3>> <<1 2 3>>
(define (named p) (let* ((q (vector-set p 0 10)) (r (vector-set q 1 (vector-ref p 2)))) (vector-set r 2 (vector-ref p 1))))
(println (named (vector 1 2 3)) (named p) p) ; expect: <<10 3 2>> <<10 3 2>> <<1 2 3>>

; Errors come where they came.
(define (message f) (try (f) (catch (e) (error-message e))))
(define (beyond p) (vector-set (vector-set p 0 10) 1 (vector-ref p 9)))
(println (message (lambda () (beyond (vector 1 2 3)))) (message (lambda () (beyond p))) p) ; expect: vector-ref: index 9 out of bounds for length 3 vector-ref: index 9 out of bounds for length 3 <<1 2 3>>
(define (first-wrong p) (vector-set (vector-set p 9 10) 1 (vector-ref p 8)))
(println (message (lambda () (first-wrong p)))) ; expect: vector-set: index 9 out of bounds for length 3
(println (message (lambda () (move (list 1 2 3))))) ; expect: vector-ref: expected a vector, got (1 2 3)

; A function's value computed from the vector that is about to change, and an error that holds the vector.
(define (self v i) (vector-set v i (vector-fold + 0 v)))
(println (self (vector 1 2 3) 1) (self p 0) p) ; expect: <<1 6 3>> <<6 2 3>> <<1 2 3>>
(define (kept v) (try (string-length v) (catch (e) (vector-set v 0 'new))))
(println (kept (vector 1 2 3)) (kept p) p) ; expect: <<new 2 3>> <<new 2 3>> <<1 2 3>>
(define (fill v i e) (if (= i (vector-length v)) (list v e) (fill (vector-set v i i) (+ i 1) (try (string-length v) (catch (e) e)))))
(println (car (fill (make-vector 3 'a) 0 nil))) ; expect: <<0 1 2>>
(println (car (cdr (fill (make-vector 3 'a) 0 nil)))) ; expect: #error("string-length: expected a string, got <<0 1 a>>")
