;; Two operands are compared in line, by the first byte and the size where these decide.
(define texts (list "" "a" "b" "aa" "ab" "abc" "é" "ê" "éa" "日本" (integer->char 0) (string-append (integer->char 0) "x")))
(define (row less? a) (string-join (map (lambda (b) (if (less? a b) "1" "0")) texts) ""))
(define (table less?) (map (lambda (a) (row less? a)) texts))
(define binary (list (table (lambda (a b) (string=? a b))) (table (lambda (a b) (string<? a b))) (table (lambda (a b) (string>? a b)))
                     (table (lambda (a b) (string<=? a b))) (table (lambda (a b) (string>=? a b)))))
;; The same by three operands, which no fast way knows.
(define general (list (table (lambda (a b) (string=? a b b))) (table (lambda (a b) (and (string<? "" "a" "b") (not (string>=? a b b)) (string<=? a b b))))
                      (table (lambda (a b) (and (not (string<=? a b b)) (string>=? a b b))))
                      (table (lambda (a b) (string<=? a b b))) (table (lambda (a b) (string>=? a a b)))))
(println (equal? binary general)) ; expect: t
(println (car (cdr binary))) ; expect: ("011111111111" "001111111100" "000000111100" "001011111100" "001001111100" "001000111100" "000000011100" "000000000100" "000000010100" "000000000000" "011111111101" "011111111100")
(define (try-compare f a b) (try (f a b) (catch (e) (error-message e))))
(println (try-compare (lambda (a b) (string=? a b)) "x" 1)) ; expect: string=?: expected a string, got 1
(println (try-compare (lambda (a b) (string<? a b)) nil 1)) ; expect: string<?: expected a string, got nil
(println (try-compare (lambda (a b) (string>? a b)) 'x "y")) ; expect: string>?: expected a string, got x
(println (try-compare (lambda (a b) (string<=? a b)) "x" '(1))) ; expect: string<=?: expected a string, got (1)
(println (try-compare (lambda (a b) (string>=? a b)) 2.5 "a")) ; expect: string>=?: expected a string, got 2.5
