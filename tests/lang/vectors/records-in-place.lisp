; Records in a vector: changed where they are when nobody else holds them, else copied.
(define (record x y) (vector x y 0.0))
(define (records n) (vector-map (lambda (i) (record (* 1.0 i) 0.5)) (list->vector (range n))))
(define (message f) (try (f) (catch (e) (error-message e))))

; Two records change each other; they may be the same one.
(define (meet rs i j)
  (let* ((a (vector-ref rs i)) (b (vector-ref rs j)) (d (- (vector-ref a 0) (vector-ref b 0))))
    (vector-set (vector-set rs i (vector-set (vector-set a 1 (+ (vector-ref a 1) d)) 2 d))
                j (vector-set (vector-set b 1 (- (vector-ref b 1) d 1.0)) 2 (vector-ref a 1)))))
(define (meet-all rs)
  (let outer ((i 0) (rs rs))
    (if (= i (vector-length rs)) rs
        (let inner ((j 0) (rs rs))
          (if (= j (vector-length rs)) (outer (+ i 1) rs) (inner (+ j 1) (meet rs i j)))))))
(println (meet-all (records 2))) ; expect: <<<<0.0 -3.5 0.5>> <<1.0 0.5 1.5>>>>
(define kept (records 2))
(println (meet-all kept) kept)   ; expect: <<<<0.0 -3.5 0.5>> <<1.0 0.5 1.5>>>> <<<<0.0 0.5 0.0>> <<1.0 0.5 0.0>>>>
(println (meet-all (make-vector 2 (record 1.0 2.0)))) ; expect: <<<<1.0 0.0 1.0>> <<1.0 0.0 1.0>>>>

; What a loop collects on the way is not changed by its later turns.
(define (history rs n all)
  (if (= n 0) (list rs all)
      (let ((r (vector-ref rs 0)))
        (history (vector-set rs 0 (vector-set r 0 (+ 1.0 (vector-ref r 0)))) (- n 1) (cons r all)))))
(println (history (records 1) 3 nil)) ; expect: (<<<<3.0 0.5 0.0>>>> (<<2.0 0.5 0.0>> <<1.0 0.5 0.0>> <<0.0 0.5 0.0>>))
(define (versions rs n all)
  (if (= n 0) (cons rs all)
      (let* ((r (vector-ref rs 1)) (next (vector-set rs 1 (vector-set (vector-set r 0 9.0) 1 (vector-ref r 0)))))
        (versions next (- n 1) (cons next all)))))
(println (versions (records 2) 2 nil)) ; expect: (<<<<0.0 0.5 0.0>> <<9.0 9.0 0.0>>>> <<<<0.0 0.5 0.0>> <<9.0 9.0 0.0>>>> <<<<0.0 0.5 0.0>> <<9.0 1.0 0.0>>>>)
(define (twins rs n) ; both places get the same record
  (if (= n 0) rs
      (let* ((r (vector-set (vector-ref rs 0) 0 (* 1.0 n))))
        (twins (vector-set (vector-set rs 0 r) 1 (vector-set r 1 7.0)) (- n 1)))))
(println (twins (records 2) 2)) ; expect: <<<<1.0 0.5 0.0>> <<1.0 7.0 0.0>>>>

; Older values in the new item, and items of other kinds.
(define (shifted rs n)
  (if (= n 0) rs
      (let ((r (vector-ref rs 0)))
        (shifted (vector-set rs 0 (vector-set (vector-set r 0 (vector-ref r 1)) 1 (vector-ref r 0))) (- n 1)))))
(println (shifted (records 1) 1) (shifted (records 1) 2)) ; expect: <<<<0.5 0.0 0.0>>>> <<<<0.0 0.5 0.0>>>>
(define (named n) (vector-map (lambda (i) (vector (number->string i) (list i) i)) (list->vector (range n))))
(define (renamed rs i n)
  (if (= n 0) rs
      (let ((r (vector-ref rs i)))
        (renamed (vector-set rs i (vector-set (vector-set r 0 (string-append (vector-ref r 0) "!")) 1 (cons n (vector-ref r 1))))
                 i (- n 1)))))
(println (renamed (named 2) 1 2)) ; expect: <<<<"0" (0) 0>> <<"1!!" (1 2 1) 1>>>>
(define names (named 1))
(println (renamed names 0 1) names) ; expect: <<<<"0!" (1 0) 0>>>> <<<<"0" (0) 0>>>>
(define (matrices n) (make-vector n (make-vector 2 (make-vector 2 0))))
(define (set3 m i j k x) (vector-set m i (vector-set (vector-ref m i) j (vector-set (vector-ref (vector-ref m i) j) k x))))
(define (filled m n) (if (= n 0) m (filled (set3 m (remainder n 2) (remainder (quotient n 2) 2) (remainder (quotient n 4) 2) n) (- n 1))))
(println (filled (matrices 2) 8)) ; expect: <<<<<<8 4>> <<2 6>>>> <<<<1 5>> <<3 7>>>>>>

; A wrong index in the middle of a change.
(define (wrong rs i k) (let ((r (vector-ref rs i))) (vector-set rs i (vector-set (vector-set r 0 5.0) k 6.0))))
(define (go-wrong rs k end) (if (= k end) rs (go-wrong (wrong rs 0 k) (+ k 1) end)))
(println (go-wrong (records 2) 1 3)) ; expect: <<<<5.0 6.0 6.0>> <<1.0 0.5 0.0>>>>
(println (message (lambda () (go-wrong (records 2) 1 5)))) ; expect: vector-set: index 3 out of bounds for length 3

; Versions with names, which are read between the changes.
(define (move r) (vector-set (vector-set (vector-set r 0 (+ (vector-ref r 0) (vector-ref r 1))) 1 (+ (vector-ref r 1) 1.0))
                             2 (+ (vector-ref r 2) (vector-ref r 0))))
(define (moves rs n) (if (= n 0) rs (moves (vector-map move rs) (- n 1))))
(println (moves (records 2) 3)) ; expect: <<<<4.5 3.5 2.5>> <<5.5 3.5 5.5>>>>
(println (moves kept 1) kept)   ; expect: <<<<0.5 1.5 0.0>> <<1.5 1.5 1.0>>>> <<<<0.0 0.5 0.0>> <<1.0 0.5 0.0>>>>
(println (moves (make-vector 2 (record 1.0 2.0)) 1)) ; expect: <<<<3.0 3.0 1.0>> <<3.0 3.0 1.0>>>>
(define (stepped rs i n)
  (if (= n 0) rs
      (let* ((r (vector-ref rs i))
             (a (vector-set r 0 (+ 1.0 (vector-ref r 0))))
             (b (vector-set a 1 (* 2.0 (vector-ref a 0))))
             (c (vector-set b 2 (+ (vector-ref b 0) (vector-ref b 1)))))
        (stepped (vector-set rs i c) i (- n 1)))))
(println (stepped (records 2) 1 2) (stepped kept 0 1) kept) ; expect: <<<<0.0 0.5 0.0>> <<3.0 6.0 9.0>>>> <<<<1.0 2.0 3.0>> <<1.0 0.5 0.0>>>> <<<<0.0 0.5 0.0>> <<1.0 0.5 0.0>>>>
(define (branching rs n all)
  (if (= n 0) (cons rs all)
      (let* ((r (vector-ref rs 0)) (a (vector-set r 0 (+ 1.0 (vector-ref r 0)))) (b (vector-set a 1 (vector-ref a 0))))
        (branching (vector-set rs 0 b) (- n 1) (cons a all)))))
(println (branching (records 1) 2 nil)) ; expect: (<<<<2.0 2.0 0.0>>>> <<2.0 1.0 0.0>> <<1.0 0.5 0.0>>)
(println (message (lambda () (vector-map move (vector (vector 1.0 2.0)))))) ; expect: vector-ref: index 2 out of bounds for length 2
