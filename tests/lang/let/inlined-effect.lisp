; An expression whose value is not used keeps its effects, whatever it is inlined into.
(define (trace k x) (println "trace" k) x)
(define (shared x) (+ x 1))
(println (shared (let* ((v14 (trace 2 <<0>>))) 0))) ; expect: trace 2
; expect: 1
