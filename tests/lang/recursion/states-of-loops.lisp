; What loops make only to take it apart is passed as its parts: nobody can tell.

; operands in front of the structure are evaluated before what makes it
(define (note x) (print x) x)
(define (order n a s b)
  (if (= n 0)
      (list a s b)
      (order (- n 1) (note 'a) (let ((x (note 'x)) (y (note 'y))) (vector (+ (vector-ref s 0) 1) (list x y (vector-ref s 1)))) (note 'b))))
(println (order 2 1 (vector 0 nil) 2)) ; expect: axybaxyb(a <<2 (x y (x y nil))>> b)

; two structures, the second made in two ways
(define (two n p q)
  (if (= n 0)
      (list p q)
      (two (- n 1)
           (cons (+ (car p) (car q)) (cdr p))
           (if (= (remainder n 2) 0) (cons (note n) (car p)) (cons (cdr p) (note n))))))
(println (two 4 (cons 1 2) (cons 3 4))) ; expect: 4321((12 . 2) (2 . 1))

; what is passed otherwise, and what is no such structure at all
(define (any n s)
  (cond ((= n 0) s)
        ((= n 5) (any (- n 1) (if (vector? s) 'none s)))
        (t (any (- n 1) (vector (vector-ref s 1) (vector-ref s 0))))))
(println (any 3 (vector 1 2)) (any 3 <<1 2>>)) ; expect: <<2 1>> <<2 1>>
(println (try (any 7 (vector 1 2)) (catch (e) (error-message e)))) ; expect: vector-ref: expected a vector, got none
(println (try (any 2 (cons 1 2)) (catch (e) (error-message e)))) ; expect: vector-ref: expected a vector, got (1 . 2)
(println (try (any 2 (vector 1)) (catch (e) (error-message e)))) ; expect: vector-ref: index 1 out of bounds for length 1

; of another kind than what is read, found where it is read
(define (mixed n s) (if (= n 0) (vector-ref s 0) (mixed (- n 1) (cons (car s) n))))
(println (try (mixed 3 (cons 1 2)) (catch (e) (error-message e)))) ; expect: vector-ref: expected a vector, got (1 . 1)
(println (mixed 0 (vector 7))) ; expect: 7

; tests of the structure are decided, nil among them
(define (until-nil n s) (if (nil? s) n (if (cons? s) (if s (until-nil (+ n 1) (if (< n 5) (cons n (car s)) nil)) 'no) 'no)))
(println (until-nil 0 (cons 1 2)) (until-nil 3 nil)) ; expect: 6 3

; lists: their ends, and what is behind the first elements
(define (ends n s)
  (if (= n 0) (list (car s) (car (cdr s)) (cdr (cdr s))) (ends (- n 1) (list (car (cdr s)) (+ (car s) n)))))
(println (ends 5 (list 1 2))) ; expect: (8 10 nil)
(define (longer n s) (if (= n 0) (car (cdr (cdr s))) (longer (- n 1) (list n (car s) (car (cdr s))))))
(println (longer 4 (list 1 2 3)) (longer 0 '(1 2 3 4))) ; expect: 3 3
(println (try (longer 0 (list 1 2)) (catch (e) (error-message e)))) ; expect: car: expected a cons, got nil

; numbers that grow beyond 64 bits among the parts
(define (fibs n s) (if (= n 0) (vector-ref s 0) (fibs (- n 1) (vector (vector-ref s 1) (+ (vector-ref s 0) (vector-ref s 1))))))
(println (fibs 90 (vector 0 1)) (fibs 100 (vector 0 1))) ; expect: 2880067194370816120 354224848179261915075

; functions that call each other hand it on; one keeps it whole
(define (ping n s) (if (= n 0) s (pong (- n 1) (cons (cdr s) (+ n (car s))))))
(define (pong n s) (if (= n 0) (car s) (ping (- n 1) s)))
(println (ping 10 (cons 1 2)) (pong 9 (cons 1 2)) (ping 0 (cons 5 6))) ; expect: (14 . 19) (13 . 10) (5 . 6)
(define (all n s) (if (= n 0) nil (cons s (all (- n 1) (vector (+ (vector-ref s 0) 1) s)))))
(println (all 3 (vector 0 nil))) ; expect: (<<0 nil>> <<1 <<0 nil>>>> <<2 <<1 <<0 nil>>>>>>)

; recursion that is no loop, strings that are counted, a handler that sees the structure
(define (tree n s) (if (= n 0) (list (vector-ref s 0)) (append (tree (- n 1) (vector (string-append (vector-ref s 0) "l") 1)) (tree (- n 1) (vector (string-append (vector-ref s 0) "r") 2)))))
(println (tree 2 (vector "" 0))) ; expect: ("ll" "lr" "rl" "rr")
(define (handled n s)
  (if (= n 0) (try (+ 'a (car s)) (catch (e) (list (cdr s) (error-data e)))) (handled (- n 1) (cons n (cons n (cdr s))))))
(println (handled 3 (cons 0 nil))) ; expect: ((1 2 3) (a))
(define (failing n s) (if (= n 0) (error "bad state" s) (failing (- n 1) (list (car (cdr s)) n))))
(println (try (failing 3 (list 'x 'y)) (catch (e) (error-data e)))) ; expect: ((2 1))

; a fold over a pair, as a value too
(define (both acc x) (cons (+ (car acc) x) (* (cdr acc) x)))
(println (reduce both (cons 0 1) '(1 2 3 4)) (reduce both (cons 0 1) nil)) ; expect: (10 . 24) (0 . 1)
(println (map (lambda (f) (f 2 (vector 3 4))) (list fibs any))) ; expect: (7 <<3 4>>)
