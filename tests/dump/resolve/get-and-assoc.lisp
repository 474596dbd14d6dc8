; get, assoc of one key or of a list of pairs, and conj of one item are primitives whose operands travel in registers; with more operands they take an array.
(define (read m k) (get m k))
(define (read-or m k) (get m k 0))
(define (write m k) (assoc m k 1))
(define (write-both m k) (assoc m k 1 2 3))
(define (find-pair k pairs) (assoc k pairs))
(define (add s x) (conj s x))
(define (all m) (list (read m 1) (read-or m 1) (write m 1) (write-both m 1) (find-pair 1 m) (add nil m)))
