; Trees of vectors end: short and longer ones, with room to spare, empty, of numbers, beside strings, lists and maps, partly shared.
(define (tree depth width) (if (= depth 0) (vector "leaf" (list depth) depth) (fill (make-vector width nil) depth width 0)))
(define (fill v depth width i) (if (= i width) v (fill (vector-set v i (tree (- depth 1) width)) depth width (+ i 1))))
(define (size x) (cond ((vector? x) (vector-fold (lambda (n y) (+ n (size y))) 1 x)) ((cons? x) (+ (size (car x)) (size (cdr x)))) (t 1)))
(println (map (lambda (width) (size (tree 3 width))) '(1 2 3 7 8 9 10))) ; expect: (8 47 148 1772 2633 3736 5111)
(define (chain n x) (if (= n 0) x (chain (- n 1) (vector n x))))
(define (back n x) (if (= n 0) x (back (- n 1) (vector x n))))
(define (both n x) (if (= n 0) x (both (- n 1) (vector x n x))))
(println (vector-ref (chain 100000 nil) 0) (vector-ref (back 100000 nil) 1) (vector-ref (both 50 "x") 1)) ; expect: 1 1 1
(define (mixed n) (vector <<>> (vector 1 2) (vector 1.5 n) (vector nil t) (list (vector n (list n))) {n (vector "v" n)} (lambda () n) (vector (vector n (vector)) "s")))
(println (do ((i 0 (+ i 1)) (n 0 (+ n (vector-length (mixed i))))) ((= i 1000) n))) ; expect: 8000
(define kept (tree 4 2))
(define (grown n) (vector kept (vector kept n (subvector (vector n kept n kept n) 1 3)) (assoc <<>> 0 kept)))
(println (do ((i 0 (+ i 1)) (n 0 (+ n (size (vector-ref (grown i) 2))))) ((= i 100) n)) (size kept)) ; expect: 9600 95
(define (shrink v) (if (= 0 (vector-length v)) 0 (+ 1 (shrink (subvector v 0 (- (vector-length v) 1))))))
(println (shrink (tree 1 9)) (shrink (vector-append (tree 2 3) (tree 2 4)))) ; expect: 9 7
