; Path and operands are evaluated once, in order; the callback may use the library itself.
(define (noisy x) (println x) x)
(println (update-in (noisy {:a {:b 1}}) (noisy '(:a :b)) (noisy (lambda (v) (reduce + v '(1 2)))))) ; expect: {:a {:b 1}}
; expect: (:a :b)
; expect: <lambda>
; expect: {:a {:b 4}}
