; What compiling brings.  Compare
;
;     consairc run --engine=interp examples/jit-demo.lisp times
;     consairc run --engine=jit examples/jit-demo.lisp times
;     consairc run examples/jit-demo.lisp times            (twice: the second run starts compiled)
;
; or load it into a session and measure there:  :load examples/jit-demo.lisp   :jit on   :time (fib 30)

(define (fib n)
  (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))

(define (collatz-steps n steps)
  (cond ((= n 1) steps)
        ((= 0 (remainder n 2)) (collatz-steps (quotient n 2) (+ steps 1)))
        (t (collatz-steps (+ 1 (* 3 n)) (+ steps 1)))))

(define (longest-collatz limit)
  (let loop ((n 1) (best 1) (most 0))
    (if (> n limit)
        (list best most)
        (let ((steps (collatz-steps n 0)))
          (if (> steps most) (loop (+ n 1) n steps) (loop (+ n 1) best most))))))

(define (sum-of-squares n)
  (reduce + 0 (map (lambda (x) (* x x)) (range n))))

(define shows-times (equal? (command-line) '("times")))

(define (show name work)
  (let* ((start (current-time)) (value (work)) (seconds (/ (inexact (- (current-time) start)) 1e9)))
    (if shows-times (println name value (string-append "  " (number->string seconds) " s")) (println name value))))

(show "fib" (lambda () (fib 24)))
(show "collatz" (lambda () (longest-collatz 3000)))
(show "squares" (lambda () (sum-of-squares 10000)))
