; Loops inside of loops, which end with the next turn of the outer one.
(define (table n)
  (let rows ((i 0) (out nil))
    (if (= i n)
        (reverse out)
        (let columns ((j 0) (out out))
          (if (= j n) (rows (+ i 1) out) (columns (+ j 1) (cons (+ (* 10 i) j) out)))))))
(println (table 3) (table 0)) ; expect: (0 1 2 10 11 12 20 21 22) nil

; Three levels, and two ends of the innermost loop.
(define (count-triples n)
  (let a-loop ((a 1) (count 0))
    (if (> a n)
        count
        (let b-loop ((b a) (count count))
          (if (> b n)
              (a-loop (+ a 1) count)
              (let c-loop ((c b) (count count))
                (cond ((> c n) (b-loop (+ b 1) count))
                      ((= (+ (* a a) (* b b)) (* c c)) (b-loop (+ b 1) (+ count 1)))
                      (t (c-loop (+ c 1) count)))))))))
(println (count-triples 30)) ; expect: 11

; An end that gives nothing but effects; an error in the middle; an end that leaves both loops.
(define (show n)
  (let outer ((i 0))
    (unless (= i n)
      (let inner ((j 0))
        (if (= j 2) (outer (+ i 1)) (progn (println i j) (inner (+ j 1))))))))
(show 2)
; expect: 0 0
; expect: 0 1
; expect: 1 0
; expect: 1 1
(define (message f) (try (f) (catch (e) (error-message e))))
(define (search rows wanted)
  (let outer ((i 0) (seen 0))
    (if (= i (vector-length rows))
        (list 'none seen)
        (let inner ((j 0) (seen seen))
          (cond ((= j 3) (outer (+ i 1) seen))
                ((= (vector-ref (vector-ref rows i) j) wanted) (list i j seen))
                (t (inner (+ j 1) (+ seen 1))))))))
(define rows (vector (vector 1 2 3) (vector 4 5)))
(println (search rows 4) (message (lambda () (search rows 6)))) ; expect: (1 0 3) vector-ref: index 2 out of bounds for length 2
(define (strict rows)
  (let outer ((i 0) (sum 0))
    (if (= i (vector-length rows))
        sum
        (let inner ((j 0) (sum sum))
          (cond ((= j (vector-length (vector-ref rows i))) (outer (+ i 1) sum))
                ((= sum 10) (error "ten" i j))
                (t (inner (+ j 1) (+ sum (vector-ref (vector-ref rows i) j)))))))))
(println (strict (vector (vector 1 2) (vector 3 5))) (message (lambda () (strict rows)))) ; expect: 11 ten

; What is evaluated at the end comes in order: the sum of the outer loop's variable is first, if it can raise.
(define (mixed xs)
  (let outer ((xs xs) (k 'none) (n 0))
    (if (nil? xs)
        n
        (let inner ((j 0) (n n))
          (if (= j 2) (outer (cdr xs) (+ k 1) (/ n (car xs))) (inner (+ j 1) (+ n j)))))))
(println (message (lambda () (mixed '(0))))) ; expect: +: expected a number, got none

; Sums that become too large, vectors that others hold, many turns.
(define (grow n)
  (let outer ((i 0) (x 9223372036854775000))
    (if (= i n) x (let inner ((j 0) (x x)) (if (= j n) (outer (+ i 1) x) (inner (+ j 1) (+ x j)))))))
(println (grow 10) (grow 50)) ; expect: 9223372036854775450 9223372036854836250
(define shared (vector 0 0 0))
(define (bump v n)
  (let outer ((i 0) (v v))
    (if (= i n)
        v
        (let inner ((j 0) (v v))
          (if (= j 3) (outer (+ i 1) v) (inner (+ j 1) (vector-set v j (+ i (vector-ref v j)))))))))
(println (bump shared 4) shared) ; expect: <<6 6 6>> <<0 0 0>>
(println (let outer ((i 0) (s 0)) (if (= i 300000) s (let inner ((j 0) (s s)) (if (= j 2) (outer (+ i 1) s) (inner (+ j 1) (+ s j))))))) ; expect: 300000
