; Vectors that nobody else holds are taken apart: some items are kept, the others end, whatever they are.
(define (outer r) (let ((a (vector-ref r 0)) (c (vector-ref r 2))) (vector c (number->string 1) a)))
(define (turn n r) (if (= n 0) r (turn (- n 1) (outer r))))
(println (turn 3 (vector (list 1) "b" 2)) (turn 2 (vector 1 2 (list 3)))) ; expect: <<2 "1" (1)>> <<1 "1" (3)>>
(define (last-of-eight r) (let ((a (vector-ref r 1)) (b (vector-ref r 7))) (vector (list a) a nil t 1.5 "six" (cons a nil) b)))
(define (turn-eight n r) (if (= n 0) r (turn-eight (- n 1) (last-of-eight r))))
(println (turn-eight 5 (vector (list 0) 1 (list 2) 3 "4" 5 nil (list 7)))) ; expect: <<(1) 1 nil t 1.5 "six" (1) (7)>>
(define (only r) (let ((a (vector-ref r 0))) (vector (cons a a))))
(println (only (vector "x")) (only (only (vector nil)))) ; expect: <<("x" . "x")>> <<((nil) nil)>>
(define (nine r) (let ((a (vector-ref r 0)) (i (vector-ref r 8))) (vector i "1" (list 2) 3 nil 5 6 (list 7) a)))
(println (nine (nine (vector (list 0) 1 "2" (list 3) 4 5 6 7 (list 8))))) ; expect: <<(0) "1" (2) 3 nil 5 6 (7) (8)>>
(define kept (vector (list 0) "one" (list 2)))
(println (outer kept) kept) ; expect: <<(2) "1" (0)>> <<(0) "one" (2)>>
