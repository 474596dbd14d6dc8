; Small vectors of which only the fields are wanted need not be made, which no program can tell.
(define (v3 x y z) (vector x y z))
(define (add a b) (v3 (+ (vector-ref a 0) (vector-ref b 0)) (+ (vector-ref a 1) (vector-ref b 1)) (+ (vector-ref a 2) (vector-ref b 2))))
(define (dot a b) (+ (* (vector-ref a 0) (vector-ref b 0)) (* (vector-ref a 1) (vector-ref b 1)) (* (vector-ref a 2) (vector-ref b 2))))
(define (size a b) (let ((sum (add a b))) (dot sum sum)))
(println (size (v3 1 2 3) (v3 4 5 6)) (size <<1.0 2.0 3.0>> (v3 1 1/2 0)))       ; expect: 155 19.25
(println (let ((v (vector "a" 'b 2.5))) (list (vector-ref v 2) (vector-ref v 0) (vector-length v) (vector? v) v)))
                                                            ; expect: (2.5 "a" 3 t <<"a" b 2.5>>)

; Operands are evaluated once, in order, also those that nobody wants.
(define (said x) (print x) x)
(println (vector-ref (vector (said 1) (said 2) (said 3)) 1))                    ; expect: 1232
(println (let ((v (vector (said "x") (said "y")))) (said "z") (vector-ref v 0))) ; expect: xyzx
(println (vector-set (vector (said 1) (said 2)) 0 (said 3)))                    ; expect: 123<<3 2>>
(println (try (vector-ref (vector (said 1) (error "no" 2) (said 3)) 0) (catch (e) (error-message e)))) ; expect: 1no

; Changes: the old version stays what it is.
(define (versions a b)
  (let* ((v (vector a b)) (w (vector-set v 0 (+ a b))) (u (vector-set w 1 "s")))
    (list v w u (vector-ref v 0) (vector-ref w 0) (vector-ref u 1) (vector-ref u 0))))
(println (versions 1 2))                                     ; expect: (<<1 2>> <<3 2>> <<3 "s">> 1 3 "s" 3)
(println (versions 0.5 2))                                   ; expect: (<<0.5 2>> <<2.5 2>> <<2.5 "s">> 0.5 2.5 "s" 2.5)
(define (turn v n) (if (= n 0) v (turn (vector (vector-ref v 1) (+ (vector-ref v 0) (vector-ref v 1))) (- n 1))))
(println (turn (vector 0 1) 100))                            ; expect: <<354224848179261915075 573147844013817084101>>
(println (vector-ref (turn (vector 0 1) 3) 0))               ; expect: 2

; Errors come from where they came: out of bounds, no index, too late a use.
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (let ((v (vector 1 2))) (vector-ref v 2)))))        ; expect: vector-ref: index 2 out of bounds for length 2
(println (message (lambda () (let ((v (vector 1 2))) (vector-ref v -1)))))       ; expect: vector-ref: index -1 out of bounds for length 2
(println (message (lambda () (let ((v (vector 1 2))) (vector-set v 2 0)))))      ; expect: vector-set: index 2 out of bounds for length 2
(println (message (lambda () (let ((v (vector 1 2))) (vector-ref v 'a)))))       ; expect: vector-ref: expected an integer index, got a
(println (message (lambda () (let ((v (vector 1 2))) (vector-ref v 0.0)))))      ; expect: vector-ref: expected an integer index, got 0.0

; Through branches, closures, and as true values.
(define (pick c) (let ((v (vector c (list c)))) (if v (lambda () (vector-ref v 1)) 'none)))
(println ((pick 5)))                                         ; expect: (5)
(define (either c) (let ((v (if c (vector 1 2) (vector 3 4 5)))) (+ (vector-ref v 0) (vector-length v))))
(println (either t) (either nil))                            ; expect: 3 6
(println (eq (let ((v (vector 1))) (vector-ref v 0)) 1) (let ((v (vector 1))) (eq v v)) (equal? (vector 1) (vector 1))) ; expect: t t t
(println (let ((v (vector))) (vector-length v)) (let ((v (vector 1 2 3 4 5 6 7 8 9))) (vector-ref v 8))) ; expect: 0 9
