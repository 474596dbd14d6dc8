; One character after the other, of strings with and without characters beyond ASCII, and of strings with NUL.
(define (each s i f) (if (< i (string-length s)) (cons (f (string-ref s i)) (each s (+ i 1) f)) nil))
(println (each "abz" 0 char->integer) (each "aäz€" 0 char->integer)) ; expect: (97 98 122) (97 228 122 8364)
(define (count-in s c) (length (filter (lambda (d) (equal? c d)) (each s 0 (lambda (x) x)))))
(println (count-in "banana" "a") (count-in "bänänä" "ä") (count-in "bänana" "a") (count-in "" "a")) ; expect: 3 3 2 0
(define nul (integer->char 0))
(println (equal? nul "") (equal? nul nul) (equal? "" "") (equal? (string-append nul "a") (string-append nul "b"))) ; expect: nil t t nil
(println (map (lambda (p) (equal? (car p) (car (cdr p)))) '(("ab" "ab") ("ab" "ac") ("a" "ab") (1 1.0) ("a" a) (a a) (nil nil) (2 2)))) ; expect: (t nil nil nil nil t t t)
(define (at s i) (try (string-ref s i) (catch (e) (error-message e))))
(println (at "abc" 3)) ; expect: string-ref: index 3 out of bounds for length 3
(println (at "abc" -1)) ; expect: string-ref: index -1 out of bounds for length 3
(println (at "ä" 1)) ; expect: string-ref: index 1 out of bounds for length 1
(println (at '(1) 0)) ; expect: string-ref: expected a string, got (1)
(println (at "abc" 1.0)) ; expect: string-ref: expected an integer index, got 1.0
(println (try (char->integer "ab") (catch (e) (error-message e)))) ; expect: char->integer: expected a string of one character, got "ab"
(println (try (char->integer "") (catch (e) (error-message e)))) ; expect: char->integer: expected a string of one character, got ""
(println (try (string-length 'abc) (catch (e) (error-message e)))) ; expect: string-length: expected a string, got abc
