; What types say of two values must not change what eq says of them: keywords are symbols to eq but not to symbol?, atoms with content are
; compared by it, and values of different types are never eq.
(define (kind x) (cond ((symbol? x) (if (eq x 'a) 'a 'symbol)) ((keyword? x) (if (eq x :a) :a 'keyword)) ((eq x 'a) 'never) (t x)))
(println (kind 'a) (kind 'b) (kind :a) (kind :b) (kind 1) (kind nil) (kind t))
; expect: a symbol :a keyword 1 nil t
(define (same-text a b) (if (and (string? a) (string? b)) (eq a b) 'no))
(define (same-big a b) (if (integer? a) (eq a b) 'no))
(define (same-float a b) (if (float? a) (eq a b) 'no))
(println (same-text (string-append "a" "b") "ab") (same-text "a" "b") (same-big (* 1000000000000 1000000000000) 1000000000000000000000000) (same-big 3 3) (same-big 3 4))
; expect: t nil t t nil
(println (same-float (+ 0.5 0.5) 1.0) (same-float 0.0 (- 0.0)) (same-float 1.0 1) (same-float (/ 0.0 0.0) (/ 0.0 0.0)) (same-big 1 1.0))
; expect: t t nil nil nil
(define (known-symbol x y) (if (symbol? x) (if (eq x y) (list x y) nil) 'no))
(println (known-symbol 'a 'a) (known-symbol 'a "a") (known-symbol 'a 1) (known-symbol 'a nil) (known-symbol 'a :a) (known-symbol :a :a))
; expect: (a a) nil nil nil nil no
(define (cells a b) (if (cons? a) (eq a b) (if (nil? a) (eq a b) 'no)))
(let ((l (list 1 2))) (println (cells l l) (cells l (list 1 2)) (cells nil nil) (cells nil l) (cells l nil) (cells l 5)))
; expect: t nil t nil nil nil
(define (walk l x n) (if (list? l) (if (nil? l) n (walk (cdr l) x (if (eq (car l) x) (+ n 1) n))) 'no))
(println (walk '(1 2 1 1.0 "1" a) 1 0) (walk '(1 2 a) 'a 0) (walk '(1 . 2) 1 0) (walk '("x" "y" "x") "x" 0) (walk '(1.0 1 1.0) 1.0 0))
; expect: 2 1 no 2 2
(define (counter n) (let ((get (lambda () n))) (cons get get)))
(let ((p (counter 1)) (q (counter 1))) (println (eq (car p) (cdr p)) (eq (car p) (car q)) (eq car car) (eq (car p) 'a)))
; expect: t nil t nil
