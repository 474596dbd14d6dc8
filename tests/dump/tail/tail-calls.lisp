; Self tail calls are loops; other tail calls need the tail-call convention on both ends; no tail call inside try.
; options: -fno-inline
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (cons n acc))))
(define (even? n) (if (= n 0) t (odd? (- n 1))))
(define (odd? n) (if (= n 0) nil (even? (- n 1))))
(define (call f) (f 1))
(define (guarded f) (try (f 1) (catch (e) nil)))
