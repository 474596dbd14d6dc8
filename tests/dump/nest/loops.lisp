; The inner loop gives back the sum, and the outer one goes on with it.
; options: -fno-unroll
(define (table n)
  (let rows ((i 0) (sum 0))
    (if (= i n)
        sum
        (let columns ((j 0) (sum sum))
          (if (= j n) (rows (+ i 1) sum) (columns (+ j 1) (+ sum (* i j))))))))
(println (table 3))
; Not so when it has two results, or leaves both loops.
(define (two n)
  (let rows ((i 0) (a 0) (b 0))
    (if (= i n)
        (list a b)
        (let columns ((j 0) (a a) (b b))
          (if (= j n) (rows (+ i 1) a b) (columns (+ j 1) (+ a i) (+ b j)))))))
(println (two 3))
(define (leaves n)
  (let rows ((i 0) (sum 0))
    (if (= i n)
        sum
        (let columns ((j 0) (sum sum))
          (cond ((= j n) (rows (+ i 1) sum))
                ((> sum 100) 'much)
                (t (columns (+ j 1) (+ sum j))))))))
(println (leaves 3))
