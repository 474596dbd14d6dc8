; Records that die together, at any depth: chains, two records by turns, trees, beside lists and closures.
(define (chain i below) (if (= i 0) below (chain (- i 1) (vector i below))))
(define (depth r n) (if r (depth (vector-ref r 1) (+ n 1)) n))
(println (depth (chain 1000000 nil) 0))
; expect: 1000000

(define (red i below) (vector i (* i 1.5) below))
(define (black below text) (vector below text t))
(define (turns i below) (if (= i 0) below (turns (- i 1) (black (red i below) (if (= (remainder i 100) 0) (list i "x") nil)))))
(define (walk b n) (if b (walk (vector-ref (vector-ref b 0) 2) (+ n (if (vector-ref b 1) 1 0) (vector-ref (vector-ref b 0) 0))) n))
(println (walk (turns 300000 nil) 0))
; expect: 45000153000

(define (tree d) (if (= d 0) nil (vector (tree (- d 1)) d (tree (- d 1)))))
(define (leaves n) (if n (+ 1 (leaves (vector-ref n 0)) (leaves (vector-ref n 2))) 1))
(println (leaves (tree 16)))
; expect: 131071

; Each holds a list of the ones made before, in a closure and a pair: other objects hold nothing of the record.
(define (task i f below) (vector f (list i (list i)) below))
(define (tasks i below) (if (= i 0) below (tasks (- i 1) (task i (lambda (x) (+ x i)) below))))
(define (run r n) (if r (run (vector-ref r 2) (+ ((vector-ref r 0) n) (car (vector-ref r 1)))) n))
(println (run (tasks 100000 nil) 0))
; expect: 10000100000
