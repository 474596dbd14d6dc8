; An item of a vector is changed and put back, in loops: in place where nobody can tell.
(define (grid-set g i j x) (vector-set g i (vector-set (vector-ref g i) j x)))
(define (grid-ref g i j) (vector-ref (vector-ref g i) j))
(define (message f) (try (f) (catch (e) (error-message e))))
(define (grid n) (make-vector n (make-vector n 0.0)))

; Rows that are the same vector at first.
(define (diagonal n g) (if (= n 0) g (diagonal (- n 1) (grid-set g (- n 1) (- n 1) (* 1.0 n)))))
(println (diagonal 3 (grid 3)))                ; expect: <<<<1.0 0.0 0.0>> <<0.0 2.0 0.0>> <<0.0 0.0 3.0>>>>
(define shared (grid 2))
(println (diagonal 2 shared) shared)           ; expect: <<<<1.0 0.0>> <<0.0 2.0>>>> <<<<0.0 0.0>> <<0.0 0.0>>>>

; From an old grid to a new one, which is the same at first; versions are kept on the way.
(define (step g n)
  (let rows ((i 0) (out g))
    (if (= i n) out
        (let cols ((j 0) (out out))
          (if (= j n) (rows (+ i 1) out)
              (cols (+ j 1) (grid-set out i j (+ 1.0 (grid-ref g i j) (grid-ref g (- n 1 i) j)))))))))
(define (steps k g n all) (if (= k 0) all (steps (- k 1) (step g n) n (cons g all))))
(println (steps 3 (diagonal 2 (grid 2)) 2 nil)) ; expect: (<<<<5.0 7.0>> <<5.0 7.0>>>> <<<<2.0 3.0>> <<2.0 3.0>>>> <<<<1.0 0.0>> <<0.0 2.0>>>>)
(println (step (step (diagonal 2 (grid 2)) 2) 2)) ; expect: <<<<5.0 7.0>> <<5.0 7.0>>>>

; The row is kept: in the result, by a function, in another row.
(define (with-row g i) (let* ((row (vector-ref g i)) (h (vector-set g i (vector-set row 0 9.0)))) (list row h)))
(println (with-row (diagonal 2 (grid 2)) 1))   ; expect: (<<0.0 2.0>> <<<<1.0 0.0>> <<9.0 2.0>>>>)
(define (copied g i j) (let ((row (vector-ref g i))) (vector-set (vector-set g i (vector-set row 0 7.0)) j row)))
(println (copied (diagonal 2 (grid 2)) 0 1) (copied (diagonal 2 (grid 2)) 0 0)) ; expect: <<<<7.0 0.0>> <<1.0 0.0>>>> <<<<1.0 0.0>> <<0.0 2.0>>>>
(define (pair row x) (vector (vector-set row 0 x) row))
(define (paired g i) (vector-set g i (pair (vector-ref g i) 5.0)))
(println (paired (diagonal 2 (grid 2)) 0))     ; expect: <<<<<<5.0 0.0>> <<1.0 0.0>>>> <<0.0 2.0>>>>
(define (both g i j) (grid-set (grid-set g i 0 (grid-ref g j 1)) j 1 (grid-ref g i 0)))
(println (both (diagonal 2 (grid 2)) 0 1) (both (diagonal 2 (grid 2)) 1 1)) ; expect: <<<<2.0 0.0>> <<0.0 1.0>>>> <<<<1.0 0.0>> <<2.0 0.0>>>>

; The row comes from another place, or is read after the index was written.
(define (moved g i j) (vector-set g i (vector-set (vector-ref g j) 0 4.0)))
(println (moved (diagonal 2 (grid 2)) 0 1))    ; expect: <<<<4.0 2.0>> <<0.0 2.0>>>>
(define (own-length g i) (vector-set g i (vector-set (vector-ref g i) 0 (vector-length g))))
(println (own-length (diagonal 2 (grid 2)) 1)) ; expect: <<<<1.0 0.0>> <<2 2.0>>>>

; A row is replaced by a function that gives something else, longer, or nothing of it.
(define (grow g i n) (if (= n 0) g (grow (vector-set g i (vector-append (vector-ref g i) (vector n))) i (- n 1))))
(println (grow (vector (vector 1) (vector 2)) 1 3)) ; expect: <<<<1>> <<2 3 2 1>>>>
(define (lengths g i) (if (= i (vector-length g)) g (lengths (vector-set g i (vector-length (vector-ref g i))) (+ i 1))))
(println (lengths (vector (vector 1 2) (vector)) 0)) ; expect: <<2 0>>
(define (stacks s i n) (if (= n 0) s (stacks (vector-set s i (cons n (vector-ref s i))) (- 1 i) (- n 1))))
(println (stacks (vector nil nil) 0 4))        ; expect: <<(2 4) (1 3)>>

; Errors: what is raised, what is printed before, and what is left.
(println (message (lambda () (grid-set (grid 2) 0 2 1.0)))) ; expect: vector-set: index 2 out of bounds for length 2
(println (message (lambda () (grid-set (grid 2) 2 0 1.0)))) ; expect: vector-ref: index 2 out of bounds for length 2
(println (message (lambda () (grid-set (vector 1 2) 0 0 1.0)))) ; expect: vector-set: expected a vector, got 1
(define kept (diagonal 2 (grid 2)))
(println (message (lambda () (grid-set kept 1 5 1.0))) kept) ; expect: vector-set: index 5 out of bounds for length 2 <<<<1.0 0.0>> <<0.0 2.0>>>>
(define (loud row) (println "row" row) (vector-set row 0 3.0))
(define (loudly g i) (vector-set g i (loud (vector-ref g i))))
(println (loudly kept 0) kept)
; expect: row <<1.0 0.0>>
; expect: <<<<3.0 0.0>> <<0.0 2.0>>>> <<<<1.0 0.0>> <<0.0 2.0>>>>
(define (later g i) (vector-set g i (vector-set (progn (println "first") (vector-ref g i)) 0 3.0)))
(println (message (lambda () (later kept 7))))
; expect: first
; expect: vector-ref: index 7 out of bounds for length 2
