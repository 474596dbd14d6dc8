; A character is added to a string in place when nobody else holds it, and there is room.
(define (digits n) (let loop ((i 0) (out "")) (if (= i n) out (loop (+ i 1) (string-append out (integer->char (+ 48 (remainder i 10))))))))
(println (digits 0) (digits 1) (digits 25) (string-length (digits 1000)))         ; expect:  0 0123456789012345678901234 1000
(define (twice s) (let ((a (string-append s "x")) (b (string-append s "y"))) (list s a b (string-append a a) (string-append "" b))))
(println (twice (digits 3)) (twice ""))                                           ; expect: ("012" "012x" "012y" "012x012x" "012y") ("" "x" "y" "xx" "y")
(define (keep s) (let ((t2 (string-append s "ab"))) (list t2 (string-append t2 "c") (string-append t2 "d"))))
(println (keep "k"))                                                              ; expect: ("kab" "kabc" "kabd")
; not of ASCII: more bytes, more of them than the header can count
(define (accents n c) (let loop ((i 0) (out "")) (if (= i n) out (loop (+ i 1) (string-append out (string-ref c 0))))))
(define (measure s) (list (string-length s) (string-ref s (- (string-length s) 1)) (string-ref s 0)))
(println (measure (accents 5 "é")) (measure (string-append (accents 5000 "é") "x")) (measure (string-append (string-append (accents 3000 "€") "x") "é"))) ; expect: (5 "é" "é") (5001 "x" "é") (3002 "é" "€")
(define (mixed n) (let loop ((i 0) (out "é")) (if (= i n) out (loop (+ i 1) (string-append out (if (= 0 (remainder i 3)) "€" "b"))))))
(println (mixed 7) (measure (mixed 9000)))                                        ; expect: é€bb€bb€ (9001 "b" "é")
; "" adds nothing; other strings, and errors
(define (at s i) (if (< i (string-length s)) (string-ref s i) ""))
(println (string-append (digits 2) (at "ab" 5)) (string-append (digits 2) (at "ab" 1)) (string-append (at "é" 0) (at "é" 0)) (string-append (digits 2) "cde")) ; expect: 01 01b éé 01cde
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (string-append 'a (at "b" 0)))) (message (lambda () (string-append "a" 'b)))) ; expect: string-append: expected a string, got a string-append: expected a string, got b
; a key that is changed afterwards
(define (grow s) (list (get (hash-map s 1) s) (string-append s (at "b" 0))))
(println (get {"01b" 'found} (car (cdr (grow (digits 2))))))                      ; expect: found
