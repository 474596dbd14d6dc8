; JSON: a reader, a writer and a pretty printer.
;
; An object becomes a map, an array a vector, a string a string, a number an exact integer (of any size) or a float.
; true and false are t and nil, null is the keyword :null.  So every JSON text has one value, and none is lost.
;
; It is more lenient than the standard in one point: a number may be written as Consair allows (007, 1.).
;
; The reader walks along the list of the text's characters.  Nothing is ever assigned: each read-... function takes the
; characters that are left and gives a pair, the value it has read and the characters after it.

; --- Reading ---------------------------------------------------------------------------

(define white-space #{" " "\n" "\t" "\r"})
(define number-characters (reduce conj #{} "+-.eE0123456789"))

(define (skip-space chars)
  (if (contains? white-space (first chars)) (skip-space (cdr chars)) chars))

; The characters after one that has to come next.
(define (expect char chars)
  (let ((chars (skip-space chars)))
    (if (equal? (first chars) char) (cdr chars) (fail (format "expected ~a" char) chars))))

(define (fail problem chars)
  (error (format "JSON: ~a, found ~a" problem (if (nil? chars) "the end of the text" (car chars)))))

(define (read-value chars)
  (let ((chars (skip-space chars)))
    (case (first chars)
      (("{") (read-object (cdr chars)))
      (("[") (read-array (cdr chars)))
      (("\"") (read-string (cdr chars) nil))
      (("t") (read-word "true" t chars))
      (("f") (read-word "false" nil chars))
      (("n") (read-word "null" :null chars))
      (else (read-number chars nil)))))

(define (read-word word value chars)
  (cons value (reduce (lambda (chars char) (expect char chars)) chars word)))

(define (read-number chars digits)
  (if (contains? number-characters (first chars))
      (read-number (cdr chars) (cons (car chars) digits))
      (let ((number (string->number (string-join (reverse digits)))))
        (if number (cons number chars) (fail "expected a value" chars)))))

(define (read-string chars out)
  (case (first chars)
    (("\"") (cons (string-join (reverse out)) (cdr chars)))
    (("\\") (let ((escape (read-escape (cdr chars))))
              (read-string (cdr escape) (cons (car escape) out))))
    ((nil) (fail "expected \"" chars))
    (else (read-string (cdr chars) (cons (car chars) out)))))

(define escapes {"\"" "\"" "\\" "\\" "/" "/" "b" "\x08" "f" "\x0c" "n" "\n" "r" "\r" "t" "\t"})

(define (read-escape chars)
  (cond ((contains? escapes (first chars)) (cons (get escapes (car chars)) (cdr chars)))
        ((equal? (first chars) "u") (read-code-point (read-hex (cdr chars) 4 0)))
        (t (fail "expected an escape" chars))))

; Characters above U+FFFF are written as two escapes, a surrogate pair.
(define (read-code-point unit)
  (let ((high (car unit)))
    (if (<= 55296 high 56319)
        (let ((low (read-hex (expect "u" (expect "\\" (cdr unit))) 4 0)))
          (cons (integer->char (+ 65536 (* 1024 (- high 55296)) (- (car low) 56320))) (cdr low)))
        (cons (integer->char high) (cdr unit)))))

(define (read-hex chars count value)
  (if (= count 0)
      (cons value chars)
      (let ((digit (and chars (string->number (car chars) 16))))
        (if digit
            (read-hex (cdr chars) (- count 1) (+ (* 16 value) digit))
            (fail "expected a hexadecimal digit" chars)))))

; Elements with commas between them, up to the closing bracket; (add acc chars) reads one and adds it.
(define (read-elements add acc close chars)
  (if (equal? (first (skip-space chars)) close)
      (cons acc (cdr (skip-space chars)))
      (let loop ((state (add acc chars)))
        (let ((chars (skip-space (cdr state))))
          (if (equal? (first chars) ",")
              (loop (add (car state) (cdr chars)))
              (cons (car state) (expect close chars)))))))

(define (read-array chars)
  (read-elements (lambda (array chars)
                   (let ((element (read-value chars)))
                     (cons (conj array (car element)) (cdr element))))
                 <<>> "]" chars))

(define (read-object chars)
  (read-elements (lambda (object chars)
                   (let* ((key (read-string (expect "\"" chars) nil))
                          (value (read-value (expect ":" (cdr key)))))
                     (cons (assoc object (car key) (car value)) (cdr value))))
                 {} "}" chars))

(define (parse-json text)
  (let* ((result (read-value (string->list text))) (rest (skip-space (cdr result))))
    (if (nil? rest) (car result) (fail "expected the end" rest))))

; --- Writing ---------------------------------------------------------------------------

(define (quoted string)
  (define (show char)
    (cond ((equal? char "\"") "\\\"")
          ((equal? char "\\") "\\\\")
          ((equal? char "\n") "\\n")
          ((< (char->integer char) 16) (format "\\u000~x" (char->integer char)))
          ((< (char->integer char) 32) (format "\\u00~x" (char->integer char)))
          (t char)))
  (format "\"~a\"" (string-join (map show string))))

; indent is the text that a new line begins with, or nil: everything on one line.
(define (bracketed open items close indent)
  (if (or (nil? items) (nil? indent))
      (string-append open (string-join items ",") close)
      (let ((separator (string-append ",\n" indent "  ")))
        (string-append open "\n" indent "  " (string-join items separator) "\n" indent close))))

(define (json value indent)
  (let ((deeper (and indent (string-append indent "  "))))
    (define (entry pair)
      (string-append (quoted (first pair)) (if indent ": " ":") (json (vector-ref pair 1) deeper)))
    (cond ((nil? value) "false")
          ((eq value t) "true")
          ((eq value :null) "null")
          ((string? value) (quoted value))
          ((or (integer? value) (float? value)) (number->string value))
          ((map? value) (bracketed "{" (map entry value) "}" indent))
          ((vector? value) (bracketed "[" (map (lambda (x) (json x deeper)) value) "]" indent))
          (t (error "JSON: there is no way to write this value" value)))))

; --- Using it ----------------------------------------------------------------------------

(define text "
  { \"name\": \"Ada \\\"the Countess\\\" Lovelace\", \"born\": 1815,
    \"languages\": [\"en\", \"fr\", \"it\"],
    \"note G\": { \"bernoulli\": [ 0.16666666666666666, -3.3333333333333333e-2 ], \"checked\": true, \"errata\": null },
    \"2^100\": 1267650600228229401496703205376,
    \"symbols\": \"caf\\u00e9 \\ud83d\\ude00 \\\\ tab\\tend\", \"empty\": [ ], \"none\": {}, \"wrong\": false }")

(define ada (parse-json text))
(println (json ada ""))
(println "name:" (get ada "name"))
(println "first number:" (get-in ada '("note G" "bernoulli" 0)))
(println "2^100 is exact:" (equal? (get ada "2^100") (expt 2 100)))
(println "round trip, compact:" (equal? ada (parse-json (json ada nil))))
(println "round trip, pretty:" (equal? ada (parse-json (json ada ""))))

; Values are immutable: an update gives a new object, the old one is still there.
(define older (update ada "born" - 5))
(println "older:" (get older "born") "ada:" (get ada "born"))

(define (row i) (hash-map "id" i "square" (* i i) "root" (sqrt (inexact i))))
(define table (list->vector (map row (range 100))))
(define table-text (json table nil))
(println "a table of" (length table-text) "characters comes back:" (equal? table (parse-json table-text)))

(define (try-json text)
  (println (try (parse-json text) (catch (e) (error-message e)))))
(for-each try-json '("[1, 2" "{\"a\" 1}" "[1 2]" "\"abc" "[tru]" "\"\\x\"" "" "[1] 2"))
