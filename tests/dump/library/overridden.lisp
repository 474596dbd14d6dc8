; What the program uses comes in front of it; a name it defines itself is its own, and one it reads before begins with the library's.
(define old vector-for-each)
(define (vector-for-each x) (old print x))
(define (vector-map x) x)
(vector-map vector-fold)
