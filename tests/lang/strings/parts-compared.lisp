; Parts of strings that are only compared.
(define (at? s i w) (and (<= (+ i (string-length w)) (string-length s)) (string=? (substring s i (+ i (string-length w))) w)))
(define (count s w) (do ((i 0 (+ i 1)) (n 0 (if (at? s i w) (+ n 1) n))) ((= i (string-length s)) n)))
(println (count "abcabcab" "abc") (count "abcabcab" "a") (count "abcabcab" "") (count "aéaéa" "éa") (count "é€é€" "é€") (count "abab" "aba") (count "" "a")) ; expect: 2 3 8 2 2 1 0
(define (same? s i j w) (list (string=? (substring s i j) w) (string=? w (substring s i j))))
(println (same? "hello" 1 3 "el") (same? "hello" 1 3 "eL") (same? "hello" 2 2 "") (same? "hello" 0 5 "hello") (same? "hello" 1 2 "el") (same? "a\0b" 0 3 "a\0b") (same? "a\0b" 1 2 "")) ; expect: (t t) (nil nil) (t t) (t t) (nil nil) (t t) (nil nil)
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (same? "abc" 2 4 "c"))))                             ; expect: substring: index 4 out of bounds for length 3
(println (message (lambda () (same? "abc" 2 1 "c"))))                             ; expect: substring: start 2 is greater than end 1
(println (message (lambda () (same? "abc" -1 1 "c"))))                            ; expect: substring: index -1 out of bounds for length 3
(println (message (lambda () (same? 'abc 0 1 'c))))                               ; expect: substring: expected a string, got abc
(println (message (lambda () (same? "abc" 0 1.0 "c"))))                           ; expect: substring: expected an integer index, got 1.0
(println (message (lambda () (same? "abc" 0 2 'ab))))                             ; expect: string=?: expected a string, got ab
(println (message (lambda () (same? "aé" 0 2 'ab))))                              ; expect: string=?: expected a string, got ab
(define (first-is? s c) (let ((d (string-ref c 0))) (and (string<? d "z") (string=? (substring s 0 (string-length c)) d))))
(println (first-is? "abc" "a") (first-is? "abc" "b") (first-is? "éa" "é") (first-is? "éa" "a"))  ; expect: t nil nil nil
