; Vectors that are made to be read once, in order (pass fuse_vectors): empty ones, two of different lengths, chains; effects and errors of
; what finds the items, and of what reads them; readers that end early, or look at the whole.
(define (dot a b) (vector-fold + 0.0 (vector-map * a b)))
(define v (vector 1.5 2.5 -4.0 0.25))
(println (dot v v) (dot v (vector 2.0 2.0)) (dot (vector) v) (dot v (vector))) ; expect: 24.5625 8.0 0.0 0.0
(println (vector-fold + 0 (vector-map (lambda (x) (* x x)) (vector 1 2 3)))) ; expect: 14
(define (squares n) (vector-fold + 0 (vector-map (lambda (x) (* x x)) (list->vector (range n)))))
(println (map squares (range 5))) ; expect: (0 0 1 5 14)
(define (large n) (vector-fold + 0 (vector-map (lambda (x) (* x 4611686018427387904)) (list->vector (range n)))))
(println (map large (range 5))) ; expect: (0 0 4611686018427387904 13835058055282163712 27670116110564327424)

; chains, and a map of a map, whose operand is used again
(define (chain v) (vector-fold + 0.0 (vector-map (lambda (x) (* 2.0 x)) (vector-map (lambda (x) (+ x 1.0)) (vector-map abs v)))))
(println (chain v) (chain (vector))) ; expect: 24.5 0.0
(define (twice v) (vector-map (lambda (x) (+ x 0.5)) (vector-map (lambda (x) (* x 3.0)) v)))
(println (twice v) v (twice (vector)) (vector-length (twice v))) ; expect: <<5.0 8.0 -11.5 1.25>> <<1.5 2.5 -4.0 0.25>> <<>> 4

; effects stay in order, and come all before what reads
(define (shown x) (println x) (* x 1.0))
; expect: 1.5
; expect: 2.5
; expect: -4.0
; expect: 0.25
(println (vector-fold + 0.0 (vector-map shown v))) ; expect: 0.25
(define (both) (vector-fold (lambda (acc x) (println "add" x) (+ acc x)) 0.0 (vector-map shown (vector 1.5 2.5))))
; expect: 1.5
; expect: 2.5
; expect: add 1.5
; expect: add 2.5
(println (both)) ; expect: 4.0

; errors: of an item, of the reader, of an operand, after a few items
(define (message thunk) (try (thunk) (catch (e) (error-message e))))
; expect: 1
; expect: 2
; expect: 3
(println (message (lambda () (vector-fold + 0.0 (vector-map (lambda (x) (println x) (/ 1.0 (if (= x 3) 'none x))) (vector 1 2 3 4)))))) ; expect: /: expected a number, got none
(println (message (lambda () (vector-fold + 0.0 (vector-map (lambda (x) (if (= x 3) "three" (* x 0.5))) (vector 1 2 3 4)))))) ; expect: +: expected a number, got "three"
; expect: 1
; expect: 2
(println (message (lambda () (vector-fold + 'zero (vector-map shown (vector 1 2)))))) ; expect: +: expected a number, got zero
(println (message (lambda () (vector-fold + 0.0 (vector-map * v 'none))))) ; expect: vector-map: expected a vector, got none
(println (message (lambda () (vector-fold + 0.0 (vector-map shown nil))))) ; expect: vector-map: expected a vector, got nil

; the whole is wanted; it ends early; it is read elsewhere
(define (mean v) (let ((w (vector-map (lambda (x) (* x 2.0)) v))) (/ (vector-fold + 0.0 w) (vector-length w))))
(println (mean v) (message (lambda () (mean (vector))))) ; expect: 0.125 +nan.0
(define (kept v) (let ((w (vector-map (lambda (x) (* x 2.0)) v))) (list (vector-fold + 0.0 w) w)))
(println (kept v)) ; expect: (0.5 <<3.0 5.0 -8.0 0.5>>)
; expect: 1.5
; expect: 2.5
; expect: -4.0
; expect: 0.25
(println (vector-fold (lambda (acc x) (if (< x 0.0) (reduced acc) (+ acc x))) 0.0 (vector-map (lambda (x) (println x) (* x 1.0)) v))) ; expect: 4.0
(define (until w i acc) (if (= i (vector-length w)) acc (if (> acc 5.0) acc (until w (+ i 1) (+ acc (vector-ref w i))))))
; expect: 3.0
; expect: 4.0
; expect: 5.0
(println (until (vector-map shown (vector 3.0 4.0 5.0)) 0 0.0)) ; expect: 7.0
(define (backwards w i acc) (if (= i -1) acc (backwards w (- i 1) (- (vector-ref w i) acc))))
(println (backwards (vector-map (lambda (x) (* x x)) v) 3 0.0)) ; expect: 11.9375
(define (pairs w i n acc) (if (= i n) acc (pairs w (+ i 1) n (+ acc (* (vector-ref w i) (vector-ref w 0))))))
(println (let ((w (vector-map (lambda (x) (+ x 1.0)) v))) (pairs w 0 (vector-length w) 0.0))) ; expect: 10.625

; items on the heap, counted once
(println (vector-fold (lambda (n s) (+ n (string-length s))) 0 (vector-map (lambda (x) (string-append "item " (number->string x))) (vector 1 20 300)))) ; expect: 21
(println (vector-fold (lambda (acc x) (+ acc (vector-length x))) 0 (vector-map (lambda (r) (vector-set r 0 'new)) (vector (vector 1 2) (vector 3))))) ; expect: 3
