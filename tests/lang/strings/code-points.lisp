; Characters that are only looked at are code points (pass chars): nobody can tell.
(define (vowel? c) (member c '("a" "e" "i" "o" "u" "ä")))
(define (kind c) (case c (("a" "e") 'vowel) (("+" "-") 'sign) (("é") 'accent) (("") 'empty) (else 'other)))
(define (kinds s) (map (lambda (i) (kind (string-ref s i))) (range (string-length s))))
(println (kinds "ab+é-e"))                                                       ; expect: (vowel other sign accent sign vowel)
(define (count s test) (do ((i 0 (+ i 1)) (n 0 (if (test (string-ref s i)) (+ n 1) n))) ((= i (string-length s)) n)))
(println (count "banänä" vowel?) (count "banana" (lambda (c) (string<? c "b"))))  ; expect: 3 3
(println (count "aé€😀z" (lambda (c) (string>? c "z"))))                           ; expect: 3
(println (count "aé€😀z" (lambda (c) (> (char->integer c) 1000))))                 ; expect: 2
(println (count "x0y12" (lambda (c) (string-contains "0123456789" c))))           ; expect: 3
(println (count "x0y12" (lambda (c) (string<=? "0" c "9"))))                      ; expect: 3
(println (count "a,b;c" (lambda (c) (or (eq c ",") (equal? c ";")))))             ; expect: 2

; looked at, and kept as strings too
(define (sorts s)
  (let loop ((i 0) (letters nil) (others nil))
    (if (= i (string-length s))
        (list (string-join (reverse letters)) (string-join (reverse others)))
        (let ((c (string-ref s i)))
          (if (and (string>=? c "a") (string<=? c "z")) (loop (+ i 1) (cons c letters) others) (loop (+ i 1) letters (cons c others)))))))
(println (sorts "a1bé2c€"))                                                       ; expect: ("abc" "1é2€")

; the end of a text as "" or nil
(define (at s i) (if (< i (string-length s)) (string-ref s i) ""))
(define (before s i) (if (> i 0) (string-ref s (- i 1)) nil))
(define (runs s)
  (let loop ((i 0) (last "") (n 0))
    (let ((c (at s i)))
      (cond ((string=? c "") (if (string=? last "") n (+ n 1)))
            ((string=? c last) (loop (+ i 1) c n))
            ((string=? last "") (loop (+ i 1) c n))
            (t (loop (+ i 1) c (+ n 1)))))))
(println (runs "") (runs "a") (runs "aabbbéé") (string<? (at "a" 1) (at "a" 0)) (string-length (at "a" 1))) ; expect: 0 1 3 t 0
(define (starts s)
  (let loop ((i 0) (n 0))
    (if (= i (string-length s)) n
        (let ((p (before s i)) (c (string-ref s i)))
          (loop (+ i 1) (if (and (not (equal? c " ")) (or (nil? p) (string=? p " "))) (+ n 1) n))))))
(println (starts "ab c  d") (before "ab" 0) (before "ab" 2) (eq (before "ab" 0) "a"))                  ; expect: 3 nil b nil

; parts of one character
(define (blanks s) (let loop ((i 0) (n 0)) (if (= i (string-length s)) n (loop (+ i 1) (if (string=? (substring s i (+ i 1)) " ") (+ n 1) n)))))
(println (blanks "a é b ") (string=? (substring "abc" 1 2) "b"))                   ; expect: 3 t

; made from code points
(define (shift c k) (let ((n (char->integer c))) (if (<= 97 n 122) (integer->char (+ 97 (modulo (+ n -97 k) 26))) c)))
(define (shifted s k) (string-join (map (lambda (c) (shift c k)) (string->list s))))
(define (all-shifted s k) (let loop ((i 0) (out "")) (if (= i (string-length s)) out (loop (+ i 1) (string-append out (shift (string-ref s i) k))))))
(println (shifted "hal-é" 1) (all-shifted "hal-é" 1))                               ; expect: ibm-é ibm-é
(define (same? n c) (string=? (integer->char n) c))
(println (same? 8364 (string-ref "€" 0)) (same? 0 (string-ref "\0" 0)) (char->integer (integer->char 1114111))) ; expect: t t 1114111

; given on to other functions, to closures, kept in globals
(define (skip s i c) (if (and (< i (string-length s)) (string=? (string-ref s i) c)) (skip s (+ i 1) c) i))
(println (skip "aaab" 0 (string-ref "a" 0)) (skip "aaab" 0 "a") (skip "éééb" 0 (string-ref "é" 0)) (skip "ab" 0 "")) ; expect: 3 3 3 0
(define (is c) (if (string=? c "x") (lambda () 'x) (lambda () c)))
(println ((is (string-ref "xy" 0))) ((is (string-ref "xé" 1))))                    ; expect: x é
(define first-of nil)
(define (keep s) (let ((c (string-ref s 0))) (if (string=? c "k") 'kept (progn (define kept c) kept))))
(println (keep "k") (keep "éa"))                                                    ; expect: kept é
(println (apply (lambda (c d) (string<? c d)) (list (string-ref "ab" 0) (string-ref "ab" 1)))) ; expect: t
(define (rest-of c . more) (if (string=? c "a") more (cons c more)))
(println (rest-of (string-ref "ab" 0) (string-ref "ab" 1)) (rest-of (string-ref "ab" 1))) ; expect: ("b") ("b")
(println (let ((c (if (= (string-length "é") 1) (string-ref "é" 0) (error "no")))) (list c (string=? c "é") (string? c) (number? c)))) ; expect: ("é" t t nil)

; errors stay what they are
(define (message f) (try (f) (catch (e) (error-message e))))
(define (look c) (list (string=? c "a") (char->integer c)))
(println (message (lambda () (string=? (string-ref "abc" 3) "a"))))                 ; expect: string-ref: index 3 out of bounds for length 3
(println (message (lambda () (string=? (string-ref "aé" -1) "a"))))                 ; expect: string-ref: index -1 out of bounds for length 2
(println (message (lambda () (string=? (string-ref 'abc 0) "a"))))                  ; expect: string-ref: expected a string, got abc
(println (message (lambda () (string=? (string-ref "abc" 1.0) "a"))))               ; expect: string-ref: expected an integer index, got 1.0
(println (message (lambda () (let ((i 3)) (string=? (substring "abc" i (+ i 1)) "a"))))) ; expect: substring: index 4 out of bounds for length 3
(println (message (lambda () (string=? (integer->char 55296) "a"))))                ; expect: integer->char: expected a code point (0 to 1114111, no surrogate), got 55296
(println (message (lambda () (string=? (integer->char -1) ""))))                    ; expect: integer->char: expected a code point (0 to 1114111, no surrogate), got -1
(println (message (lambda () (look (at "a" 1)))))                                   ; expect: char->integer: expected a string of one character, got ""
(println (message (lambda () (look (before "a" 0)))))                               ; expect: string=?: expected a string, got nil
(println (message (lambda () (string<=? "a" (before "ab" 1) (before "a" 0)))))      ; expect: string<=?: expected a string, got nil
