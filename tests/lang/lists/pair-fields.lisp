; Halves of pairs are known one by one: lists used as records, search trees, pairs of key and value.
(define (insert n key)
  (cond ((nil? n) (list nil key nil))
        ((< key (cadr* n)) (list (insert (car n) key) (cadr* n) (third* n)))
        (t (list (car n) (cadr* n) (insert (third* n) key)))))
(define (cadr* l) (car (cdr l)))
(define (third* l) (car (cdr (cdr l))))
(println (reduce insert nil (list 5 2 8 2.5 9))) ; expect: ((nil 2 (nil 2.5 nil)) 5 (nil 8 (nil 9 nil)))

(define (bind names values rest) (if (nil? names) rest (cons (cons (car names) (car values)) (bind (cdr names) (cdr values) rest))))
(define (look key pairs) (cond ((nil? pairs) 'none) ((eq (car (car pairs)) key) (cdr (car pairs))) (t (look key (cdr pairs)))))
(define env (bind (list 'a 'b 'c) (list 1 "two" (vector 3)) (list (cons 'd 4.5))))
(println env (look 'a env) (look 'b env) (look 'c env) (look 'd env) (look 'e env))
; expect: ((a . 1) (b . "two") (c . <<3>>) (d . 4.5)) 1 two <<3>> 4.5 none
(println (bind nil nil 'end) (bind (list 1) (list 2) 'end) (cdr (bind (list 1) (list 2) "s"))) ; expect: end ((1 . 2) . end) s

; filled from the front with different ends, and read again
(define (numbers n end) (if (= n 0) end (cons n (numbers (- n 1) end))))
(define (ends l) (if (cons? l) (ends (cdr l)) l))
(println (ends (numbers 3 nil)) (ends (numbers 2 'x)) (numbers 1 (list "s" 2.5)) (ends (numbers 2 (vector nil)))) ; expect: nil x (1 "s" 2.5) <<nil>>
(define (halve l k) (if (nil? l) (list k) (if (integer? (car l)) (cons (quotient (car l) 2) (halve (cdr l) k)) (cons (list (car l)) (halve (cdr l) (+ k 1))))))
(println (halve (list 4 'a 7 "b") 0.5)) ; expect: (2 (a) 3 ("b") 2.5)

; the other way round, joined, shared
(let ((l (list 1 'a "s")))
  (println (car (reverse l)) (cadr* (reverse (cons nil l))) (third* (append l (list 2 3))) (car (append (cdr l) l)) (cdr (append (list 'x) 'y)) l))
; expect: s a s a y (1 a "s")

; literals, alone and with other lists at the same place
(define (second l) (cadr* l))
(println (second '(1 (2 x) "c")) (second '("a" b . c)) (second (list 1 2.5)) (second (cons 'p (cons nil 'q)))) ; expect: (2 x) b 2.5 nil
(define (evaluate e)
  (cond ((number? e) e)
        ((eq (car e) 'add) (+ (evaluate (cadr* e)) (evaluate (third* e))))
        ((eq (car e) 'let) (let ((v (evaluate (cadr* e)))) (* v v)))
        (t (error "unknown"))))
(println (evaluate '(add (let (add 1 2)) (let 4))) (evaluate (list 'add 1/2 (list 'let 2.0))) (try (evaluate '(no)) (catch (e) (error-message e))))
; expect: 25 4.5 unknown
(define (deep n) (if (= n 0) 'bottom (cons (deep (- n 1)) n)))
(define (depth d) (if (cons? d) (+ 1 (depth (car d))) 0))
(println (deep 3) (depth (deep 50)) (try (car (cdr (deep 1))) (catch (e) (error-message e)))) ; expect: (((bottom . 1) . 2) . 3) 50 car: expected a cons, got 1
