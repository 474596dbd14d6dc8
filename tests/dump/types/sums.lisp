; What loops sum up: steps of known ranges, in sums of several, in branches; a sum that some turn begins anew; down a list; and what is no sum of
; ints, or may be too large.
; options: -fno-inline,unfold,fuse
(define (digits v n) (do ((i 0 (+ i 1)) (s 0 (+ s (remainder (vector-ref v i) 10)))) ((= i n) s)))
(define (both v n) (do ((i 0 (+ i 1)) (s 5 (if (vector-ref v i) (+ s (remainder i 7) 3) (- s (remainder i 5))))) ((= i n) s)))
(define (longest v n) (do ((i 0 (+ i 1)) (run 0 (if (vector-ref v i) (+ run 1) 0)) (most 0 (max run most))) ((= i n) most)))
(define (codes s) (let loop ((cs (string->list s)) (sum 0)) (if cs (loop (cdr cs) (+ (char->integer (car cs)) sum)) sum)))
(define (any v n) (do ((i 0 (+ i 1)) (s 0 (+ s (vector-ref v i)))) ((= i n) s)))
(define (doubled v n) (do ((i 0 (+ i 1)) (s 1 (+ s s))) ((= i n) s)))
(println (digits (vector 15 (expt 10 20)) 2) (both (vector t nil) 2) (longest (vector t nil) 2) (codes "ab") (any (vector 1 (expt 2 62)) 2) (doubled 0 9))
