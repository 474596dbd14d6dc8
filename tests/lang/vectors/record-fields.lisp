; Fields of records are known one by one: what comes together, is changed or goes elsewhere must stay right.
(define (insert n key)
  (cond ((nil? n) (vector nil key nil 1))
        ((< key (vector-ref n 1)) (vector (insert (vector-ref n 0) key) (vector-ref n 1) (vector-ref n 2) (vector-ref n 3)))
        ((> key (vector-ref n 1)) (vector (vector-ref n 0) (vector-ref n 1) (insert (vector-ref n 2) key) (vector-ref n 3)))
        (t (vector (vector-ref n 0) key (vector-ref n 2) (+ (vector-ref n 3) 1)))))
(define (from-list keys) (reduce insert nil keys))
(println (from-list (list 5 2 8 2 9 5 5))) ; expect: <<<<nil 2 nil 2>> 5 <<nil 8 <<nil 9 nil 1>> 1>> 3>>
(define shared (from-list (list 3 1 2)))
(println (insert (insert shared 3) 3) shared) ; expect: <<<<nil 1 <<nil 2 nil 1>> 1>> 3 nil 3>> <<<<nil 1 <<nil 2 nil 1>> 1>> 3 nil 1>>
; counts that outgrow ints
(define (many n times) (if (= times 0) n (many (vector nil "key" nil (* (vector-ref n 3) 4611686018427387904)) (- times 1))))
(println (many (vector nil 1 nil 2) 2)) ; expect: <<nil "key" nil 42535295865117307932921825928971026432>>

; of two lengths, in one place
(define (value e)
  (cond ((eq (vector-ref e 0) 'number) (vector-ref e 1))
        ((eq (vector-ref e 0) 'minus) (- (value (vector-ref e 1))))
        (t (+ (value (vector-ref e 1)) (value (vector-ref e 2))))))
(println (value (vector 'sum (vector 'minus (vector 'number 3)) (vector 'sum (vector 'number 1/2) (vector 'number 4))))) ; expect: 3/2
(define (third e) (try (vector-ref e 2) (catch (e) (error-message e))))
(println (third (vector 'minus 1)) (third (vector 'sum 1 "x"))) ; expect: vector-ref: index 2 out of bounds for length 2 x

; changed at a constant and at a computed place, and the old one is still read
(define (spoil v i x) (vector-set v i x))
(let* ((a (vector 1 nil "c")) (b (vector-set a 0 "one")) (c (spoil b (length (list 1)) 2.5)) (d (spoil c 0 a)))
  (println a b c d (+ (vector-ref a 0) 1) (vector-ref (vector-ref d 0) 0))) ; expect: <<1 nil "c">> <<"one" nil "c">> <<"one" 2.5 "c">> <<<<1 nil "c">> 2.5 "c">> 2 1
(define (turn state n)
  (if (= n 0)
      state
      (turn (vector-set (vector-set state 0 (+ (vector-ref state 0) n)) (remainder n 3) (if (= n 2) 'two n)) (- n 1))))
(println (turn (vector 0 nil "s") 7)) ; expect: <<6 1 two>>

; the same through functions that take any vector, lists, closures, maps
(define (second v) (vector-ref v 1))
(define (pick f v) (f v))
(println (list (second (vector 'a 1)) (second (vector 1.5 "b")) (pick second (vector nil (vector 1 2)))
               (map second (list (vector 1 'x) (vector nil 2))))) ; expect: (1 "b" <<1 2>> (x 2))
(let ((counter (let ((state (vector 0 'idle))) (lambda (x) (vector (+ x (vector-ref state 0)) (vector-ref state 1))))))
  (println (counter 2) (counter 2.5) (vector-ref (counter 1/2) 0))) ; expect: <<2 idle>> <<2.5 idle>> 1/2

; made of records: other vectors
(let ((r (vector 1 'a "x" nil)))
  (println (subvector r 1 3) (vector-ref (subvector r 1 3) 0) (vector-ref (vector-append r (vector 5)) 4)
           (vector-map (lambda (x) (list x)) r) (vector->list r) (vector-ref (list->vector (cdr (vector->list r))) 0)))
; expect: <<a "x">> a 5 <<(1) (a) ("x") (nil)>> (1 a "x" nil) a
(println (equal? (vector 1 nil) (vector 1 nil)) (equal? (vector 1 (vector 2 'b)) (vector 1 (vector 2 'c))) (vector-ref '<<a 1 "b">> 2)) ; expect: t nil b

; that grow for ever inside
(define (nest v n) (if (= n 0) v (nest (vector v n) (- n 1))))
(println (nest nil 5)) ; expect: <<<<<<<<<<nil 5>> 4>> 3>> 2>> 1>>
(define (ping v n) (if (= n 0) v (pong (vector n v 'ping) (- n 1))))
(define (pong v n) (if (= n 0) v (ping (vector v n) (- n 1))))
(println (ping 'end 4)) ; expect: <<<<2 <<<<4 end ping>> 3>> ping>> 1>>
