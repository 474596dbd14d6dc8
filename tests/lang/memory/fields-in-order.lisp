; Reads of the fields of a record, some of which fail: each at its turn, nothing after the first that does.
(define (say x) (println x) x)
(define (node a b c) (vector c b a))
(define (parts v) (node (vector-ref v 0) (vector-ref v 1) (node (vector-ref v 2) (vector-ref v 3) nil)))
(define (between v) (node (vector-ref v 0) (say (vector-ref v 1)) (vector-ref v 2)))
(define (branch v) (list (vector-ref v 0) (if (vector-ref v 1) (vector-ref v 2) 'none)))
(define (two v w) (list (vector-ref v 0) (vector-ref w 0) (vector-ref v 1) (vector-ref w 1)))
(define (divided v) (list (vector-ref v 0) (/ 1 (vector-ref v 1)) (vector-ref v 2)))

; Neither the compiler nor the caller knows how long these are.
(define (cut k) (list->vector (nth (list nil (list (list 1)) (list (list 1) nil) (list (list 1) (list 2) (list 3))
                                         (list (list 1) 0 (list 3) (list 4)))
                                   k)))
(define (message f) (try (f) (catch (e) (error-message e))))

(println (parts (cut 4))) ; expect: <<<<nil (4) (3)>> 0 (1)>>
(println (message (lambda () (parts (cut 3))))) ; expect: vector-ref: index 3 out of bounds for length 3
(println (message (lambda () (parts (cut 1))))) ; expect: vector-ref: index 1 out of bounds for length 1
(println (message (lambda () (parts (cut 0))))) ; expect: vector-ref: index 0 out of bounds for length 0
(println (message (lambda () (parts 7)))) ; expect: vector-ref: expected a vector, got 7
; expect: (2)
(println (message (lambda () (between (cut 3))))) ; expect: <<(3) (2) (1)>>
; expect: nil
(println (message (lambda () (between (cut 2))))) ; expect: vector-ref: index 2 out of bounds for length 2
(println (message (lambda () (between (cut 1))))) ; expect: vector-ref: index 1 out of bounds for length 1
(println (branch (cut 2)) (branch (cut 3))) ; expect: ((1) none) ((1) (3))
(println (message (lambda () (branch (cut 1))))) ; expect: vector-ref: index 1 out of bounds for length 1
(println (message (lambda () (two (cut 1) (cut 0))))) ; expect: vector-ref: index 0 out of bounds for length 0
(println (message (lambda () (two (cut 1) (cut 2))))) ; expect: vector-ref: index 1 out of bounds for length 1
(println (two (cut 2) (cut 3))) ; expect: ((1) (1) nil (2))
(println (message (lambda () (divided (cut 4))))) ; expect: division by zero
(println (message (lambda () (divided (cut 2))))) ; expect: /: expected a number, got nil
; A record that somebody else holds as well stays as it was.
(let ((v (cut 4)))
  (println (parts v) v)) ; expect: <<<<nil (4) (3)>> 0 (1)>> <<(1) 0 (3) (4)>>
