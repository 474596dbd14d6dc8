; What can be seen of a record that is printed, compared, put into other things or given to unknown functions.
(define (point x y) (vector x (if (= y 0) nil y) t))
(define (x-of p) (vector-ref p 0))
(println (point 1 2) (point 1 0) (x-of (point 3 4)))
; expect: <<1 2 t>> <<1 nil t>> 3
(define (pair a b) (vector a b "p"))
(println (equal? (pair 1 2) (pair 1 2)) (eq (pair 1 2) (pair 1 2)) (vector-ref (pair 5 6) 1))
; expect: t nil 6
(define (box i) (vector i nil i))
(define (boxes i) (if (= i 0) nil (cons (box i) (boxes (- i 1)))))
(println (map (lambda (b) (vector-ref b 0)) (boxes 3)) (reverse (boxes 2)))
; expect: (3 2 1) (<<1 nil 1>> <<2 nil 2>>)
(define (outer inner) (vector inner nil 1))
(println (outer (vector 1 nil 3)) (vector-ref (vector-ref (outer (vector 4 nil 6)) 0) 2))
; expect: <<<<1 nil 3>> nil 1>> 6
(define (any f x) (f x))
(define (tagged i) (vector 'tag i nil))
(println (any (if (= (length (list 1)) 1) tagged x-of) 7) (vector-ref (tagged 8) 1))
; expect: <<tag 7 nil>> 8
(define (changes r i) (if (= i 0) r (changes (vector-set r 1 (+ (vector-ref r 1) i)) (- i 1))))
(println (vector-ref (changes (vector nil 0 "s") 10) 1))
; expect: 55
(define (at r i) (vector-ref r i))
(define (several a) (vector a nil "b"))
(println (at (several 1) 0) (at (several 1) 2) (try (at (several 1) 3) (catch (e) (error-message e))))
; expect: 1 b vector-ref: index 3 out of bounds for length 3
(define (held r) (lambda () (vector-ref r 0)))
(println ((held (vector "closed" nil 3))))
; expect: closed
(define (longer r) (if (vector-ref r 0) (vector nil 1 2) (vector nil 1)))
(println (vector-length (longer (vector t 2 3))) (vector? (longer (vector nil 2 3))))
; expect: 3 t
(define state (vector 0 nil "s"))
(define (next s) (vector (+ (vector-ref s 0) 1) t (vector-ref s 2)))
(define state (next (next state)))
(println (vector-ref state 0) (vector-ref state 1) state)
; expect: 2 t <<2 t "s">>
; a record that nobody else sees holds one that is printed
(define (seen i) (vector i nil "seen"))
(define (holder i below) (vector below (seen i) nil (seen (+ i 1))))
(define (holders i below) (if (= i 0) below (holders (- i 1) (holder i below))))
(define (last-seen h) (if (vector-ref h 0) (last-seen (vector-ref h 0)) (vector-ref h 3)))
(println (last-seen (holders 1000 nil)) (vector-ref (vector-ref (vector-set (holders 3 nil) 1 (seen 9)) 1) 0))
; expect: <<1001 nil "seen">> 9
