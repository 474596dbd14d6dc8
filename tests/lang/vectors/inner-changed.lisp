; An inner vector that is changed and put back: in place when nobody else sees it, and nobody can tell.
(define (bump m i j) (vector-set m i (vector-set (vector-ref m i) j (+ 1 (vector-ref (vector-ref m i) j)))))
(define (grid) (vector (vector 1 2) (vector 3 4)))
(println (bump (grid) 0 1)) ; expect: <<<<1 3>> <<3 4>>>>
(println (bump (bump (grid) 1 0) 1 0)) ; expect: <<<<1 2>> <<5 4>>>>

; Older references to the whole and to the part keep their values.
(define g (grid))
(println (bump g 1 1) g) ; expect: <<<<1 2>> <<3 5>>>> <<<<1 2>> <<3 4>>>>
(define (both m i) (let* ((row (vector-ref m i)) (changed (bump m i 0))) (list row changed)))
(println (both (grid) 0)) ; expect: (<<1 2>> <<<<2 2>> <<3 4>>>>)

; One inner vector at two places.
(define (twice row) (vector row row))
(println (bump (twice (vector 1 2)) 0 0)) ; expect: <<<<2 2>> <<1 2>>>>
(println (bump (bump (twice (vector 1 2)) 0 0) 1 0)) ; expect: <<<<2 2>> <<2 2>>>>

; Two parts at once, at different places and at the same one.
(define (exchange m i j)
  (let* ((a (vector-ref m i)) (b (vector-ref m j)))
    (vector-set (vector-set m i (vector-set a 0 (vector-ref b 0))) j (vector-set b 0 (vector-ref a 0)))))
(println (exchange (grid) 0 1)) ; expect: <<<<3 2>> <<1 4>>>>
(println (exchange (grid) 1 1)) ; expect: <<<<1 2>> <<3 4>>>>
(define (shift m i j)
  (let* ((a (vector-ref m i)) (b (vector-ref m j)))
    (vector-set (vector-set m i (vector-set a 0 9)) j (vector-set b 1 (vector-ref b 0)))))
(println (shift (grid) 0 1) (shift (grid) 0 0)) ; expect: <<<<9 2>> <<3 3>>>> <<<<1 1>> <<3 4>>>>

; Errors in the middle: nothing was changed for whoever still sees the vector.
(define (message f) (try (f) (catch (e) (error-message e))))
(define h (grid))
(println (message (lambda () (vector-set h 0 (vector-set (vector-ref h 0) 5 1)))) h) ; expect: vector-set: index 5 out of bounds for length 2 <<<<1 2>> <<3 4>>>>
(println (message (lambda () (bump (grid) 0 7)))) ; expect: vector-ref: index 7 out of bounds for length 2
(println (message (lambda () (bump (grid) 2 0)))) ; expect: vector-ref: index 2 out of bounds for length 2
(define (refuse m i) (vector-set m i (vector-set (vector-ref m i) 2 'x)))
(println (message (lambda () (refuse (grid) 0))) (message (lambda () (refuse h 1))) h) ; expect: vector-set: index 2 out of bounds for length 2 vector-set: index 2 out of bounds for length 2 <<<<1 2>> <<3 4>>>>
(define (mend m i) (vector-set m i (try (vector-set (vector-ref m i) 2 'x) (catch (e) 'lost))))
(println (mend (grid) 0) (mend h 0) h) ; expect: <<lost <<3 4>>>> <<lost <<3 4>>>> <<<<1 2>> <<3 4>>>>

; Three levels, maps inside, and functions that take the part.
(define (deep c i) (vector-set c i (vector-set (vector-ref c i) i (vector-set (vector-ref (vector-ref c i) i) i 'here))))
(define cube (vector (vector (vector 1 2) (vector 3 4)) (vector (vector 5 6) (vector 7 8))))
(println (deep cube 1) cube) ; expect: <<<<<<1 2>> <<3 4>>>> <<<<5 6>> <<7 here>>>>>> <<<<<<1 2>> <<3 4>>>> <<<<5 6>> <<7 8>>>>>>
(define (note v i key) (vector-set v i (%assoc (vector-ref v i) key i)))
(println (note (note (make-vector 2 (hash-map)) 1 'a) 1 'b)) ; expect: <<{} {a 1 b 1}>>
(define (add-up v n) (if (= n 0) v (add-up (vector-set v 0 (vector-append (vector-ref v 0) (vector n))) (- n 1))))
(println (add-up (vector (vector)) 5)) ; expect: <<<<5 4 3 2 1>>>>
(define (spin m n) (if (= n 0) m (spin (bump (bump m 0 0) 1 1) (- n 1))))
(println (spin (grid) 1000) (spin g 10) g) ; expect: <<<<1001 2>> <<3 1004>>>> <<<<11 2>> <<3 14>>>> <<<<1 2>> <<3 4>>>>
