; Variables bound to a global, and to parts of it: whatever is made of them, the global stays, and what is kept of it has its own counts.
(define table (vector (vector 1.5 2.5) (vector 3.5 4.5)))
(define names (list "a" "b" (string-append "c" "d")))
(define (at rows i j) (vector-ref (vector-ref rows i) j))
(define (total i acc) (if (= i 2) acc (total (+ i 1) (+ acc (at table i 0) (at table i 1)))))
(println (total 0 0.0))                        ; expect: 12.0

(define (changed i x) (let ((rows table)) (vector-set rows i (vector-set (vector-ref rows i) 0 x))))
(println (changed 0 9.0) (changed 1 8.0))      ; expect: <<<<9.0 2.5>> <<3.5 4.5>>>> <<<<1.5 2.5>> <<8.0 4.5>>>>
(println table)                                ; expect: <<<<1.5 2.5>> <<3.5 4.5>>>>

(define (halves rows) (vector-map (lambda (row) (vector-map (lambda (x) (/ x 2.0)) row)) rows))
(define (twice) (let ((rows table)) (list (halves rows) rows (halves (halves rows)))))
(println (car (twice)) (nth (twice) 2) table)  ; expect: <<<<0.75 1.25>> <<1.75 2.25>>>> <<<<0.375 0.625>> <<0.875 1.125>>>> <<<<1.5 2.5>> <<3.5 4.5>>>>

(define (loop-with n rows) (if (= n 0) rows (loop-with (- n 1) (vector-set rows (remainder n 2) n))))
(define (consumed n) (let ((rows table)) (loop-with n rows)))
(println (consumed 3) (consumed 1) table)      ; expect: <<2 1>> <<<<1.5 2.5>> 1>> <<<<1.5 2.5>> <<3.5 4.5>>>>

(define (later) (let ((all names)) (lambda (x) (cons x (cdr all)))))
(println ((later) 1) names)                    ; expect: (1 "b" "cd") ("a" "b" "cd")
(define (last-of xs) (if (cdr xs) (last-of (cdr xs)) (car xs)))
(define (kept) (let* ((all names) (rest (cdr all))) (list (last-of rest) rest (car all))))
(println (kept) (reverse names) names)         ; expect: ("cd" ("b" "cd") "a") ("cd" "b" "a") ("a" "b" "cd")

(define (failing i)
  (try (let ((all names)) (+ i (string-length (car all)) (length (cdr (cdr (cdr all)))) (car (car all))))
       (catch (e) (list (error-message e) names))))
(println (failing 1))                          ; expect: ("car: expected a cons, got \"a\"" ("a" "b" "cd"))
(define (conditional c) (let ((all names)) (if c (car all) (list all all))))
(println (conditional t) (conditional nil))    ; expect: a (("a" "b" "cd") ("a" "b" "cd"))

; Not defined yet.
(define (early) (let ((x late)) (cons 1 x)))
(println (try (early) (catch (e) (error-message e)))) ; expect: unbound variable: late
(define late (list 2))
(println (early) late)                         ; expect: (1 2) (2)

; Defined twice: what was read before stays.
(define now (list 1 2))
(define (read-now) now)
(println (let ((x now)) (list (read-now) x)))  ; expect: ((1 2) (1 2))
(define now (list 3))
(println (let ((x now)) (cons (car x) (read-now)))) ; expect: (3 3)
