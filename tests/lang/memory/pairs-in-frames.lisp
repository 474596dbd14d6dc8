; Pairs that end before their function returns may lie in its stack frame (pass frame); nothing of it may show.

; Only looked at: the names in scope, with counted items.
(define (index name scope i)
  (cond ((nil? scope) nil)
        ((equal? name (car scope)) i)
        (t (index name (cdr scope) (+ i 1)))))
(define (resolve term scope)
  (cond ((symbol? term) (index (symbol->string term) scope 0))
        ((eq (car term) 'fn) (list 'fn (resolve (car (cdr (cdr term))) (cons (symbol->string (car (cdr term))) scope))))
        (t (list (resolve (car term) scope) (resolve (car (cdr term)) scope)))))
(println (resolve '(fn x (fn y ((x y) (fn z (z (y w)))))) '("w"))) ; expect: (fn (fn ((1 0) (fn (0 (1 3))))))

; Paths: member and length look at them.
(define graph (vector '(1 2) '(2 3) '(0 3) '(4) nil))
(define (paths v goal seen)
  (let ((seen (cons v seen)))
    (if (= v goal) (if (= (nth seen (- (length seen) 1)) 0) 1 100) (steps (vector-ref graph v) goal seen))))
(define (steps next goal seen)
  (cond ((nil? next) 0)
        ((member (car next) seen) (steps (cdr next) goal seen))
        (t (+ (paths (car next) goal seen) (steps (cdr next) goal seen)))))
(println (paths 0 4 nil)) ; expect: 3

; What escapes is an ordinary pair: as the result, in another one, in a closure, in a vector, in an error.
(define (find-path v goal seen)
  (let ((seen (cons v seen)))
    (if (= v goal) (reverse seen) (first-step (vector-ref graph v) goal seen))))
(define (first-step next goal seen)
  (cond ((nil? next) nil)
        ((member (car next) seen) (first-step (cdr next) goal seen))
        (t (or (find-path (car next) goal seen) (first-step (cdr next) goal seen)))))
(println (find-path 0 4 nil)) ; expect: (0 1 2 3 4)
(define (tails n seen) (if (= n 0) seen (if (> n 100) (tails 0 (cons n seen)) (rest-of (- n 1) (cons n seen)))))
(define (rest-of n seen) (if (= n 3) (cdr seen) (let ((r (tails n (cons (number->string n) seen)))) (if (nil? r) r (cons 'end r)))))
(println (tails 8 nil)) ; expect: (end end end end "4" 5 "5" 6 "6" 7 "7" 8)
(define (thunks n seen) (if (= n 0) nil (cons (lambda () (length seen)) (thunks (- n 1) (cons n seen)))))
(println (map (lambda (f) (f)) (thunks 4 nil))) ; expect: (0 1 2 3)
(define (kept n seen) (if (= n 0) (vector) (conj (kept (- n 1) (cons n seen)) seen)))
(println (kept 3 '(9))) ; expect: <<(2 3 9) (3 9) (9)>>
(define (complain n seen) (if (= n 0) (error "too deep" seen) (+ 1 (complain (- n 1) (cons (vector n) seen)))))
(println (try (complain 3 nil) (catch (e) (error-data e)))) ; expect: ((<<1>> <<2>> <<3>>))
(define (improper n seen) (if (= n 0) (length seen) (+ 1 (improper (- n 1) (cons n seen)))))
(println (try (improper 2 7) (catch (e) (error-data e)))) ; expect: ((1 2 . 7))
(define (lost n seen) (if (= n 0) (car (cdr (cdr seen))) (+ 1 (lost (- n 1) (cons n seen)))))
(println (try (lost 1 '(5 . 7)) (catch (e) (error-message e)))) ; expect: car: expected a cons, got 7

; Errors drop what the pairs hold, and a handler in the same function goes on with them.
(define (risky n seen)
  (cond ((= n 0) (car (length seen)))
        ((= n 2) (try (risky 1 (cons (number->string n) seen)) (catch (e) (length seen))))
        (t (+ 10 (risky (- n 1) (cons (number->string n) seen))))))
(println (risky 5 nil)) ; expect: 33

; In loops the same place is used in each turn; two pairs live at once.
(define (score a b) (if (nil? a) 0 (if (nil? b) 0 (+ (* (car a) (car b)) (score (cdr a) (cdr b))))))
(define (turns i total base)
  (if (= i 100) total (turns (+ i 1) (+ total (score (cons i base) (cons (- i) base))) base)))
(println (turns 0 0 '(1 2 3))) ; expect: -326950
(define (deep n seen) (if (= n 0) (length seen) (let ((r (deep (- n 1) (cons n seen)))) (+ r 1))))
(println (deep 100000 nil)) ; expect: 200000
