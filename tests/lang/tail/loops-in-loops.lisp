; Loops that end with the next turn of another one, with several results: one piece of code, whatever goes from one to the other.
(define (pairs n) ; lists, numbers and floats at once
  (let outer ((i 0) (all '()) (sum 0) (x 0.0))
    (if (= i n)
        (list (reverse all) sum x)
        (let inner ((j 0) (all all) (sum sum) (x x))
          (cond ((= j i) (outer (+ i 1) (cons (list i sum) all) sum (+ x 0.5)))
                ((> sum 1000) (outer n (cons 'many all) sum x))
                (t (inner (+ j 1) all (+ sum (* i j)) (+ x (* 1.0 j)))))))))
(println (pairs 4)) ; expect: (((0 0) (1 0) (2 2) (3 11)) 11 6.0)
(println (rest (pairs 12))) ; expect: (1020 140.0)

(define (three n) ; three levels, the innermost one jumps to all
  (let a ((i 0) (v (make-vector 5 0)) (trace "") (count 0))
    (if (= i n)
        (println v trace count)
        (let b ((j 0) (v v) (trace (string-append trace "a")) (count count))
          (if (= j 3)
              (a (+ i 1) v trace (+ count 1))
              (let c ((k 0) (v (vector-set v j (+ 1 (vector-ref v j)))) (trace (string-append trace "b")) (count count))
                (cond ((= k 2) (b (+ j 1) v trace count))
                      ((= (+ i j k) 5) (a (+ i 1) (vector-set v 4 'x) (string-append trace "!") (+ count 10)))
                      (t (c (+ k 1) (vector-set v 3 k) trace (+ count k))))))))))
(three 5) ; expect: <<5 4 3 0 x>> abbbabbbabbb!abb!ab! 41

(define (counts n) ; sums that leave the ints and come back to them
  (let outer ((i 0) (sum 9223372036854775800) (turns 0))
    (if (= i n)
        (println sum turns)
        (let inner ((j 0) (sum sum) (turns turns))
          (if (= j 4)
              (outer (+ i 1) (if (> turns 15) (- sum 20) sum) turns)
              (inner (+ j 1) (+ sum 1) (+ turns 1)))))))
(counts 3) ; expect: 9223372036854775812 12
(counts 9) ; expect: 9223372036854775716 36

(define (columns m n) ; rows are asked for their lengths where the inner loop starts
  (let outer ((j 0) (sums '()) (least 1000))
    (if (= j n)
        (println (reverse sums) least)
        (let inner ((i 0) (sum 0) (least least))
          (cond ((= i (vector-length m)) (outer (+ j 1) (cons sum sums) least))
                (t (inner (+ i 1) (+ sum (vector-ref (vector-ref m i) j)) (min least (vector-ref (vector-ref m i) j)))))))))
(columns (vector (vector 1 2 3) (vector 4 5 6) (vector 7 8 -9)) 3) ; expect: (12 15 0) -9

(define (no-turns n) ; two that never call themselves: all turns go from one to the other
  (let ping ((i 0) (xs '()) (ys '()))
    (if (= i n)
        (list xs ys)
        (let pong ((j (+ i 1)) (xs (cons i xs)) (ys ys))
          (ping j (if (> j 3) '() xs) (cons (length xs) ys))))))
(println (no-turns 6)) ; expect: (nil (1 1 4 3 2 1))

(define (deep n) ; the inner loop calls the function around both
  (let outer ((i 0) (xs '()) (k n))
    (if (= i 2)
        (length xs)
        (let inner ((j 0) (xs xs) (k k))
          (if (>= j k)
              (outer (+ i 1) xs (- k 1))
              (inner (+ j 1 (if (> k 1) (deep (- k 2)) 0)) (cons (list j) xs) k))))))
(println (deep 9)) ; expect: 4

(define (fails v n) ; what is owned is dropped when an error passes, wherever it happens
  (try
    (let outer ((i 0) (xs (list "a")) (s "s"))
      (if (= i n)
          (list xs s)
          (let inner ((j 0) (xs (cons (string-append s s) xs)) (s (string-append s "t")))
            (if (= j i)
                (outer (+ i 1) xs s)
                (inner (+ j 1) (cons (vector-ref v (+ i j)) xs) (string-append s "u"))))))
    (catch (e) (error-message e))))
(println (fails (vector 1 2 3 4 5) 3)) ; expect: ((4 3 "sttusttu" 2 "stst" "ss" "a") "sttutuu")
(println (fails (vector 1 2 3) 3)) ; expect: vector-ref: index 3 out of bounds for length 3
(println (fails (list 1) 3)) ; expect: vector-ref: expected a vector, got (1)

(define (long n) ; as many turns as there would be frames
  (let outer ((i 0) (xs '()) (sum 0))
    (if (= i n)
        sum
        (let inner ((j 0) (xs (list i i)) (sum (+ sum (length xs))))
          (if (= j 1) (outer (+ i 1) xs sum) (inner (+ j 1) (cons j xs) sum))))))
(println (long 1000000)) ; expect: 2999997
