; Macros and functions with the names of soft forms do not reach into the library.
(defmacro if (a b c) ''broken)
(define (let x) 'broken)
(defmacro define (a b) ''broken)
(defmacro unless (a b) ''broken)
(label println2 (lambda (x) (println x)))
(println2 (map - '(1 2))) ; expect: (-1 -2)
(println2 (for-each println2 '(3))) ; expect: 3
; expect: nil
(println2 (sort '(3 2 1))) ; expect: (1 2 3)
