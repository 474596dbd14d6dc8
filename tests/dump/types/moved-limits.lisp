; Loops stop beside a number: at one more or less than it.  What is less than an item of a vector is no greater than all of them; what a
; sum with a constant was found to be says what the variable is.
; options: -fno-inline -fno-unroll
(define (inner v i n s) (if (= i (- n 1)) s (inner v (+ i 1) n (+ s (vector-ref v (- i 1)) (vector-ref v (+ i 1))))))
(println (inner (make-vector 10 1) 1 10 0) (inner (make-vector 20 2) 1 20 0))
(define (down i n k) (if (= i (+ n -3)) k (down (- i 1) n (+ k i))))
(println (down 90 5 0))
(define (passes i n k) (if (= i (+ n 2)) k (if (> k 9) k (passes (+ i 2) n (+ k 1)))))
(println (passes 1 7 0))
(define (relax row d i) (if (= i (vector-length row)) row (let ((x (+ d (vector-ref row i)))) (relax (if (< x (vector-ref row 0)) (vector-set row i x) row) d (+ i 1)))))
(println (relax (vector 50 40 30) 7 0) (relax (vector 9 4 3) 0 0))
(define (next-to i n) (if (< (+ i 1) n) (if (> (- i 2) 0) (list i) i) n))
(println (next-to (length (command-line)) 10))
