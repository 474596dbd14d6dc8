(define (collect n) (let loop ((i 0) (fs nil)) (if (= i n) fs (loop (+ i 1) (cons (lambda () (* i i)) fs)))))
(define (call-all fs) (if (nil? fs) nil (cons ((car fs)) (call-all (cdr fs)))))
(println (call-all (collect 5))) ; expect: (16 9 4 1 0)
