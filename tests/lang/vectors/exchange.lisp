; Items that change places without a variable for one of them: nothing is copied when the vector is unique, and errors are those
; of the changes in their order.
(define (swap v i j) (vector-set (vector-set v i (vector-ref v j)) j (vector-ref v i)))
(define (turn v i j) (if (< i j) (turn (swap v i j) (+ i 1) (- j 1)) v))
(define (message f) (try (f) (catch (e) (error-message e))))
(println (swap (vector 1 2 3) 0 2) (swap (vector 1.5 2.5) 1 0) (swap (vector "a" 'b "c") 0 1) (swap (vector t nil) 0 1)) ; expect: <<3 2 1>> <<2.5 1.5>> <<b "a" "c">> <<nil t>>
(println (swap (vector 1 2) 1 1) (swap (vector "x" 2) 0 1)) ; expect: <<1 2>> <<2 "x">>
(define kept (vector "p" "q" "r"))
(println (swap kept 0 2) kept (turn kept 0 2) (turn (list->vector (range 7)) 0 6)) ; expect: <<"r" "q" "p">> <<"p" "q" "r">> <<"r" "q" "p">> <<6 5 4 3 2 1 0>>
(println (message (lambda () (swap (vector 1 2) 5 0)))) ; expect: vector-set: index 5 out of bounds for length 2
(println (message (lambda () (swap (vector 1 2) 0 5)))) ; expect: vector-ref: index 5 out of bounds for length 2
(println (message (lambda () (swap (vector "a" "b") 5 0)))) ; expect: vector-set: index 5 out of bounds for length 2
(println (message (lambda () (swap (list 1 2) 0 1)))) ; expect: vector-ref: expected a vector, got (1 2)
(println (message (lambda () (swap (vector 1 2) 'x 0)))) ; expect: vector-set: expected an integer index, got x
(println (swap #pvec[1 2 3] 0 2) (swap #pvec["a" 2] 1 0)) ; expect: #pvec[3 2 1] #pvec[2 "a"]
(define (last-set v) (vector-set (vector-set v 0 'new) 9 (vector-ref v 0)))
(println (message (lambda () (last-set (vector "a" "b"))))) ; expect: vector-set: index 9 out of bounds for length 2
; 10^5 exchanges of a vector of 10^5 items: each in place.
(define (shuffle v i n) (if (= i n) v (shuffle (swap v i (remainder (* i 7919) n)) (+ i 1) n)))
(println (vector-ref (shuffle (list->vector (range 100000)) 0 100000) 5)) ; expect: 35205
