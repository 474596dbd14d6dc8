; A closure that its caller keeps is lent to its code, and arguments that the caller keeps are, too.
(define (adder k) (lambda (xs) (+ k (car xs))))
(define (pair-of a) (lambda (b) (cons a b)))
(define (all fs x acc) (if (nil? fs) (reverse acc) (all (cdr fs) x (cons ((car fs) x) acc))))
(define adders (map adder (range 4)))
(define one (list 10))
(println (all adders one nil) (all adders one nil) one) ; expect: (10 11 12 13) (10 11 12 13) (10)

; What is given back, or goes into something new, gets counts.
(define (keeping a) (lambda (b) (list a b)))
(define (giving a) (lambda (b) (if b a b)))
(define (cons-nil x) (cons nil x))
(println (all (list (keeping (list 1 2)) (giving (list 3)) (pair-of "s") list cons-nil length car) (list 5 6) nil)) ; expect: (((1 2) (5 6)) (3) ("s" 5 6) ((5 6)) (nil 5 6) 2 5)

; A lent vector is not changed in place, one that is given away may be.
(define (setter i) (lambda (v x) (vector-set v i x)))
(define (change fs v) (if (nil? fs) v (change (cdr fs) ((car fs) v 9))))
(define (both f v) (let ((w (f v 7))) (list v w (f v 8))))
(define setters (list (setter 0) (setter 2)))
(println (change setters (vector 1 2 3)) (both (car setters) (vector 1 2 3))) ; expect: <<9 2 9>> (<<1 2 3>> <<7 2 3>> <<8 2 3>>)

; Tail calls of what was lent from outside, in a loop that needs no stack; the environment is lent all the way.
(define (literal n) (lambda (env) n))
(define (variable i) (if (= i 0) (lambda (env) (car env)) (lambda (env) (car (cdr env)))))
(define (branch a b c) (lambda (env) (if (a env) (b env) (c env))))
(define (binary f a b) (lambda (env) (f (a env) (b env))))
(define (call f a) (lambda (env) (let ((g (f env))) (g g (a env)))))
(define body
  (branch (binary = (variable 0) (literal 0)) (literal (list 'done)) (call (variable 1) (binary - (variable 0) (literal 1)))))
(define (enter self n) (body (list n self)))
(println (enter enter 300000)) ; expect: (done)

; Continuations: each is called once, or kept by another one and called again.
(define (choose xs k fail) (if (nil? xs) (fail) (k (car xs) (lambda () (choose (cdr xs) k fail)))))
(define (pairs n)
  (choose (range n)
          (lambda (a again) (choose (range n) (lambda (b more) (if (= (+ a b) n) (cons (list a b) (more)) (more))) again))
          (lambda () nil)))
(println (pairs 4)) ; expect: ((1 3) (2 2) (3 1))

; The only other owner of the closure ends while it runs: it is in the argument that is given away.
(define (last-of fs) ((car fs) fs))
(define (sized label) (lambda (fs) (list label (length fs)))) ; expect error: length: expected a list, vector or string, got <lambda>
(println (last-of (list (sized (list 'a)) (sized 'b)))) ; expect: ((a) 2)
(define (itself f) (f f))
(itself (sized (list 'c)))
