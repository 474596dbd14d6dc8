; Functions whose results are taken apart by those who call them, and what must not be noticed of it.
(define (cadr l) (car (cdr l)))
(define (caddr l) (car (cdr (cdr l))))

; a parser: value and rest
(define (sum ts)
  (let ((r (factor ts))) (sum-rest (car r) (cdr r))))
(define (sum-rest v ts)
  (if (and ts (eq (car ts) '+)) (let ((r (factor (cdr ts)))) (sum-rest (+ v (car r)) (cdr r))) (cons v ts)))
(define (factor ts)
  (cond ((eq (car ts) 'open) (let ((r (sum (cdr ts)))) (cons (car r) (cdr (cdr r)))))
        (t (cons (car ts) (cdr ts)))))
(println (car (sum '(1 + open 2 + 3 close + 4)))) ; expect: 10
(println (sum '(1 + 9223372036854775807 close 5))) ; expect: (9223372036854775808 close 5)
(println (try (car (sum '(1 + open a + 3 close + 4))) (catch (e) (error-message e) (error-data e)))) ; expect: (a)

; three results of which one goes back into the next three
(define (euclid a b)
  (if (= b 0) (list a 1 0)
      (let ((r (euclid b (modulo a b)))) (list (car r) (caddr r) (- (cadr r) (* (quotient a b) (caddr r)))))))
(println (euclid 240 46)) ; expect: (2 -9 47)
(println (let ((r (euclid 240 46))) (+ (car r) (cadr r) (caddr r)))) ; expect: 40

; lists in both parts, which nobody else holds
(define (split p l)
  (if (nil? l) (list nil nil)
      (let ((r (split p (cdr l))))
        (if (< (car l) p) (list (cons (car l) (car r)) (cadr r)) (list (car r) (cons (car l) (cadr r)))))))
(define (sorted l)
  (if (nil? l) nil
      (let ((r (split (car l) (cdr l)))) (append (sorted (car r)) (cons (car l) (sorted (cadr r)))))))
(println (sorted '(3 1 4 1 5 9 2 6))) ; expect: (1 1 2 3 4 5 6 9)

; one part twice, a part that stays, a part that is not used at all, a part that is the list it came from
(define (twice s n) (if (= n 0) (vector s (list s s) nil) (let ((r (twice (string-append s "a") (- n 1)))) (vector (vector-ref r 0) (list (vector-ref r 1) (vector-ref r 1)) r))))
(println (vector-ref (twice "b" 1) 1)) ; expect: (("ba" "ba") ("ba" "ba"))
(define (spread l) (if (nil? l) (vector nil l "none") (let ((r (spread (cdr l)))) (vector (cons (car l) (vector-ref r 0)) l (vector-ref r 2)))))
(println (let ((r (spread (list "x" "y")))) (list (vector-ref r 0) (vector-ref r 1)))) ; expect: (("x" "y") ("x" "y"))
(println (let ((r (spread (list "x" "y")))) (vector-ref r 2))) ; expect: none

; effects come in the order in which they are written
(define (noisy n)
  (if (= n 0) (cons (progn (println "car") 0) (progn (println "cdr") 0))
      (let ((r (noisy (- n 1)))) (cons (progn (println "car" n) (+ n (car r))) (progn (println "cdr" n) (* n (cdr r)))))))
(println (let ((r (noisy 1))) (- (car r) (cdr r))))
; expect: car
; expect: cdr
; expect: car 1
; expect: cdr 1
; expect: 1

; an error while some parts are there already, and one of a caller who holds parts
(define (failing n) (if (= n 0) (vector (list 1 2) "text" (car 'x)) (let ((r (failing (- n 1)))) (vector (list r) (vector-ref r 1) 1))))
(println (try (vector-ref (failing 2) 1) (catch (e) (error-message e)))) ; expect: car: expected a cons, got x
(define (halves l) (if (nil? (cdr l)) (cons (list (car l)) (list "end")) (let ((r (halves (cdr l)))) (cons (cons (car l) (car r)) (cons "end" (cdr r))))))
(println (try (let ((r (halves (list 1 2 3)))) (list (car r) (vector-ref (cdr r) 0))) (catch (e) (error-data e)))) ; expect: (("end" "end" "end"))
(println (let ((r (try (halves (list 1)) (catch (e) (cons 1 2))))) (list (car r) (cdr r)))) ; expect: ((1) ("end"))
(println (let ((r (if (try (halves nil) (catch (e) nil)) (halves (list 1)) (cons "a" "b")))) (cdr r))) ; expect: b

; whole, now and then
(define (state x) (vector x (* 2 x) (list x)))
(define (walk n s) (if (= n 0) s (let ((r (state n))) (if (= n 3) (walk (- n 1) r) (walk (- n 1) (+ n (vector-ref r 1)))))))
(println (walk 3 0) (walk 5 0)) ; expect: 3 3
(define kept (state 7))
(println kept (map state '(1 2))) ; expect: <<7 14 (7)>> (<<1 2 (1)>> <<2 4 (2)>>)
(println (let ((r (state 4))) (list (vector-ref r 2) r))) ; expect: ((4) <<4 8 (4)>>)
(println (let ((r (state 4))) (vector-set r 0 (vector-ref r 1)))) ; expect: <<8 8 (4)>>

; tail calls between functions that return such results take no stack
(define (even n a b) (if (= n 0) (cons a b) (odd (- n 1) (+ a 1) b)))
(define (odd n a b) (if (= n 0) (cons b a) (even (- n 1) a (+ b 2))))
(println (let ((r (even 1000001 0 0))) (- (car r) (cdr r)))) ; expect: 499999
(println (even 1000000 0 0)) ; expect: (500000 . 1000000)

; what lies behind the first cells
(define (ends l) (if (nil? (cdr l)) (cons (car l) (cons "last" l)) (let ((r (ends (cdr l)))) (cons (car l) (cons (cadr r) (cdr (cdr r)))))))
(println (let ((r (ends (list 1 2 3)))) (list (car r) (cadr r) (cdr (cdr r))))) ; expect: (1 "last" (3))
(println (let ((r (ends (list 1 2 3)))) (list (car r) (cdr r)))) ; expect: (1 ("last" 3))

; floats, ints, truth values and nil
(define (mixed n) (if (= n 0) (vector 0.5 1 t nil) (let ((r (mixed (- n 1)))) (vector (* 2 (vector-ref r 0)) (+ (vector-ref r 1) 1) (not (vector-ref r 2)) nil))))
(println (let ((r (mixed 3))) (list (vector-ref r 0) (vector-ref r 1) (vector-ref r 2) (vector-ref r 3)))) ; expect: (4.0 4 nil nil)
(println (try (vector-ref (mixed 3) 4) (catch (e) (error-data e)))) ; expect: (4)

; or nil: a reader of what is between parentheses, which may end too early
(define (read-one ts)
  (cond ((nil? ts) nil) ((eq (car ts) 'open) (read-all (cdr ts))) ((eq (car ts) 'close) nil) (t (cons (car ts) (cdr ts)))))
(define (read-all ts)
  (let ((r (read-one ts)))
    (if (nil? r) (if (nil? ts) nil (cons nil (cdr ts)))
        (let ((more (read-all (cdr r)))) (if (nil? more) nil (cons (cons (car r) (car more)) (cdr more)))))))
(println (car (read-one '(open 1 open "two" 3 close open close 4 close 5)))) ; expect: (1 ("two" 3) nil 4)
(println (read-one '(open 1 open 2 3 close)) (cdr (read-one '(1 2)))) ; expect: nil (2)
(println (try (car (read-one '(close))) (catch (e) (error-message e)))) ; expect: car: expected a cons, got nil
(println (try (cdr (read-one nil)) (catch (e) (error-message e)))) ; expect: cdr: expected a cons, got nil
(define (found key l) (if (nil? l) nil (if (= (car l) key) (vector (list key) (car l) "there") (let ((r (found key (cdr l)))) (if r (vector (vector-ref r 0) (+ 1 (vector-ref r 1)) (vector-ref r 2)) nil)))))
(println (let ((r (found 3 (list 1 2 3)))) (if r (list (vector-ref r 0) (vector-ref r 1)) "no"))) ; expect: ((3) 5)
(println (let ((r (found 4 (list 1 2 3)))) (if r (vector-ref r 2) "no"))) ; expect: no
(println (found 3 (list 1 2 3)) (found 4 (list 1 2 3))) ; expect: <<(3) 5 "there">> nil
(println (try (vector-ref (found 4 (list 1 2 3)) 2) (catch (e) (error-message e)))) ; expect: vector-ref: expected a vector, got nil
(define (half n) (if (= (modulo n 2) 1) nil (let ((r (half (quotient n 2)))) (if (vector? r) (vector (* 0.5 (vector-ref r 0)) (+ (vector-ref r 1) 1)) (vector 1.0 1)))))
(define (halvings n) (let ((r (half n))) (if (not r) (list 0 r) (list (vector-ref r 0) (vector-ref r 1)))))
(println (map halvings '(1 2 8))) ; expect: ((0 nil) (1.0 1) (0.25 3))
(define (pick n l) (if (nil? l) nil (let ((r (pick n (cdr l)))) (cond ((= n (car l)) (cons "it" l)) (r (cons (car r) (cons 0 (cdr r)))) (t r)))))
(println (let ((r (pick 2 (list 1 2 3)))) (list (car r) (cdr r)))) ; expect: ("it" (0 2 3))
(define (either n) (if (< n 0) (vector-ref n 0) (if (= n 0) nil (let ((r (either (- n 2)))) (if (nil? r) (cons n "end") (cons (list n r) (cdr r)))))))
(println (car (either 2)) (cdr (either 4)) (try (car (either 3)) (catch (e) (error-data e)))) ; expect: 2 end (-1)

; three functions that call each other in tail position, of which one can give nil, as values too
(define (first n x y) (if (= n 0) (cons x y) (second (- n 1) (cons 1 x) y)))
(define (second n x y) (if (= n 0) (cons y x) (if (= n 7) (first (- n 1) x y) (third (- n 1) x (cons 2 y)))))
(define (third n x y) (cond ((= n 0) (cons "c" x)) ((= n 9) (first 1 x y)) ((= n 12) (second 5 x x)) ((= n -1) nil) (t (first (- n 1) x y))))
(define (lengths n) (let ((r (first n nil nil))) (if r (list (if (string? (car r)) "c" (length (car r))) (length (cdr r))) "none")))
(println (map lengths '(0 1 2 5 60 100 1000000))) ; expect: ((0 0) (0 1) ("c" 1) ("c" 2) (20 20) (33 34) (333333 333334))
(println (let ((r (third -1 1 2))) (if r (car r) "none")) (map (lambda (f) (f 2 1 nil)) (list first second third))) ; expect: none (("c" 1 . 1) (1 2) (nil 1 . 1))

; made in the end, on some paths: to be shown, kept, changed, or given to a function that is not known
(define (least l) (if (nil? (cdr l)) (vector (car l) (list 1) "one") (let ((r (least (cdr l)))) (if (< (car l) (vector-ref r 0)) (vector (car l) (cons 2 (vector-ref r 1)) "new") (vector (vector-ref r 0) (cons 1 (vector-ref r 1)) (vector-ref r 2))))))
(define seen nil)
(define (check l use)
  (let ((r (least l)))
    (cond ((< (vector-ref r 0) 0) (use r))
          ((= (vector-ref r 0) 0) (vector-set r 0 "zero"))
          ((= (vector-ref r 0) 5) (map (lambda (x) (list x r)) '(1 2)))
          (t (list (vector-ref r 1) (vector-ref r 2))))))
(println (check '(3 1 2) list) (check '(3 -1 2) list)) ; expect: ((1 2 1) "new") (<<-1 (1 2 1) "new">>)
(println (check '(0 2) list) (check '(5 6) list)) ; expect: <<"zero" (2 1) "new">> ((1 <<5 (2 1) "new">>) (2 <<5 (2 1) "new">>))
(println (try (check '(-1) (lambda (r) (car r))) (catch (e) (error-data e)))) ; expect: (<<-1 (1) "one">>)
(println (let ((r (least '(4 2)))) (if (try (car (vector-ref r 2)) (catch (e) (vector-ref r 0))) r "no"))) ; expect: <<2 (1 1) "one">>
