; A small regular-expression matcher: literals . [a-z] [^a-z] ( ) | * + ? and backtracking.
;
; A pattern is compiled to a function, built from smaller ones like a sentence from words.  Each of these matchers takes
; the text, an index and what is to follow, the continuation: a function from the index after the match to the result.
; Backtracking needs no bookkeeping: when the continuation gives nil, the matcher tries its next possibility.

; --- Matchers ----------------------------------------------------------------------------

; One character for which (test? char) holds.
(define (one test?)
  (lambda (text i then)
    (and (< i (string-length text)) (test? (string-ref text i)) (then (+ i 1)))))

(define (nothing text i then) (then i))

(define (in-order first-part second-part)
  (lambda (text i then)
    (first-part text i (lambda (j) (second-part text j then)))))

(define (either this that)
  (lambda (text i then)
    (or (this text i then) (that text i then))))

; As many as possible first.  An empty match is not repeated, so (a*)* ends too.
(define (many part)
  (define (loop text i then)
    (or (part text i (lambda (j) (and (> j i) (loop text j then))))
        (then i)))
  loop)

(define (at-least-one part) (in-order part (many part)))
(define (optional part) (either part nothing))

; --- The pattern's grammar -----------------------------------------------------------------
;
;   alternatives = sequence { "|" sequence }
;   sequence     = { item [ "*" | "+" | "?" ] }
;   item         = "(" alternatives ")" | "[" class "]" | "." | "\" char | char
;
; Each function takes the list of characters left and gives a pair: a matcher and the characters after it.

(define (read-alternatives chars)
  (let ((left (read-sequence chars nothing)))
    (if (equal? (first (cdr left)) "|")
        (let ((right (read-alternatives (cdr (cdr left)))))
          (cons (either (car left) (car right)) (cdr right)))
        left)))

(define (read-sequence chars before)
  (if (member (first chars) '(nil "|" ")"))
      (cons before chars)
      (let ((item (read-repeated (read-item (car chars) (cdr chars)))))
        (read-sequence (cdr item) (if (eq before nothing) (car item) (in-order before (car item)))))))

(define (read-repeated item)
  (let ((part (car item)) (chars (cdr item)))
    (case (first chars)
      (("*") (read-repeated (cons (many part) (cdr chars))))
      (("+") (read-repeated (cons (at-least-one part) (cdr chars))))
      (("?") (read-repeated (cons (optional part) (cdr chars))))
      (else item))))

(define (read-item char chars)
  (case char
    (("(") (let ((inner (read-alternatives chars)))
             (if (equal? (first (cdr inner)) ")")
                 (cons (car inner) (cdr (cdr inner)))
                 (error "regex: ( without )"))))
    (("[") (if (equal? (first chars) "^")
               (read-class (cdr chars) nil (lambda (test?) (lambda (c) (not (test? c)))))
               (read-class chars nil (lambda (test?) test?))))
    ((".") (cons (one (lambda (c) t)) chars))
    (("\\") (if chars
                (cons (one (lambda (c) (equal? c (car chars)))) (cdr chars))
                (error "regex: \\ at the end")))
    (("*" "+" "?") (error "regex: nothing to repeat before" char))
    (else (cons (one (lambda (c) (equal? c char))) chars))))

; ranges: list of pairs (low . high).
(define (read-class chars ranges finish)
  (cond ((nil? chars) (error "regex: [ without ]"))
        ((equal? (car chars) "]")
         (cons (one (finish (lambda (c) (in-ranges? c ranges)))) (cdr chars)))
        ((and (equal? (nth chars 1) "-") (nth chars 2) (not (equal? (nth chars 2) "]")))
         (read-class (cdr (cdr (cdr chars))) (cons (cons (car chars) (nth chars 2)) ranges) finish))
        (t (read-class (cdr chars) (cons (cons (car chars) (car chars)) ranges) finish))))

(define (in-ranges? c ranges)
  (and ranges
       (or (string<=? (car (car ranges)) c (cdr (car ranges)))
           (in-ranges? c (cdr ranges)))))

(define (regex pattern)
  (let ((result (read-alternatives (string->list pattern))))
    (if (nil? (cdr result)) (car result) (error "regex: ) without ("))))

; --- Searching ---------------------------------------------------------------------------

(define (matches? matcher text)
  (matcher text 0 (lambda (end) (= end (string-length text)))))

; The leftmost match at or after start, as a pair of indices, or nil.
(define (find matcher text start)
  (and (<= start (string-length text))
       (or (matcher text start (lambda (end) (cons start end)))
           (find matcher text (+ start 1)))))

(define (find-all matcher text)
  (let loop ((start 0) (found nil))
    (let ((match (find matcher text start)))
      (if (nil? match)
          (reverse found)
          (loop (max (cdr match) (+ 1 (car match)))
                (cons (substring text (car match) (cdr match)) found))))))

(define (show-matches pattern words)
  (let ((matcher (regex pattern)))
    (println pattern "matches" (filter (lambda (word) (matches? matcher word)) words))))

(show-matches "abc" '("abc" "ab" "abcd"))
(show-matches "a.c" '("abc" "aéc" "ac" "abbc"))
(show-matches "ab*c" '("ac" "abc" "abbbbc" "abcb"))
(show-matches "(ab)+" '("" "ab" "abab" "aba"))
(show-matches "colou?r" '("color" "colour" "colouur"))
(show-matches "(cat|dog|)s?" '("cat" "dogs" "s" "" "cats and dogs"))
(show-matches "[a-cx-z_]+[^0-9]" '("abc" "axz!" "ab1" "d"))
(show-matches "(a*)*b" '("b" "aaab" "aaaa"))
(show-matches "\\(\\.\\*\\)" '("(.*)" "(abc)"))

(define text "On 1969-07-20 at 20:17 UTC the Eagle landed; on 1969-07-24 the crew of 3 was home, mail a.b@nasa.gov.")
(println "dates:" (find-all (regex "[0-9]+-[0-9]+-[0-9]+") text))
(println "times:" (find-all (regex "[0-9][0-9]:[0-9][0-9]") text))
(println "capitalised:" (find-all (regex "[A-Z][a-z]*") text))
(println "mail:" (find-all (regex "[a-z.]+@[a-z]+(\\.[a-z]+)+") text))

; a?a?a?...aaa... takes backtracking through many possibilities.
(define (times n s) (string-join (map (lambda (i) s) (range n))))
(println "backtracking:" (matches? (regex (string-append (times 12 "a?") (times 12 "a"))) (times 12 "a")))
(println "a long text:" (matches? (regex "(ab|cd)*e") (string-append (times 20000 "abcd") "e")))

(for-each (lambda (pattern) (println pattern (try (regex pattern) (catch (e) (error-message e)))))
          '("(ab" "ab)" "[a-z" "*a"))
