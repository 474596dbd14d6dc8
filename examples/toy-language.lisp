; A small imperative language, complete: lexer, parser and interpreter.
;
; It has numbers, strings, variables, functions, while and if.  The program's text becomes a list of tokens, the tokens
; a tree of lists, and the tree is run.  Its variables change, ours never do: they are a map that each statement takes
; and gives back, changed.

; --- Lexer: text to tokens (kind . value), kind is :number :string :name or :sign ---------------

(define (letter? c) (or (string<=? "a" c "z") (string<=? "A" c "Z") (equal? c "_")))
(define (digit? c) (string<=? "0" c "9"))

(define (tokenize text)
  (let loop ((i 0) (tokens nil))
    (let ((c (char-at text i)))
      (cond ((equal? c "") (reverse tokens))
            ((member c '(" " "\n")) (loop (+ i 1) tokens))
            ((equal? c "#") (loop (end-of (lambda (c) (not (equal? c "\n"))) text i) tokens))
            ((digit? c) (let ((end (end-of digit? text i)))
                          (loop end (cons (cons :number (string->number (substring text i end))) tokens))))
            ((letter? c) (let ((end (end-of letter? text i)))
                           (loop end (cons (cons :name (substring text i end)) tokens))))
            ((equal? c "\"") (let ((end (end-of (lambda (c) (not (equal? c "\""))) text (+ i 1))))
                               (loop (+ end 1) (cons (cons :string (substring text (+ i 1) end)) tokens))))
            (t (let* ((two (string-append c (char-at text (+ i 1))))
                      (sign (if (member two '("==" "!=" "<=" ">=")) two c)))
                 (loop (+ i (length sign)) (cons (cons :sign sign) tokens))))))))

(define (char-at text i) (if (< i (length text)) (string-ref text i) ""))

; The index of the first character at or after i for which the test fails.
(define (end-of test text i)
  (if (and (< i (length text)) (test (string-ref text i))) (end-of test text (+ i 1)) i))

; --- Parser: each function takes the tokens left and gives a pair (tree . tokens left) --------------

(define (next-is? tokens value) (and tokens (not (eq (car (car tokens)) :string)) (equal? (cdr (car tokens)) value)))

(define (skip value tokens)
  (if (next-is? tokens value) (cdr tokens) (error (string-append "expected " value) (first tokens))))

; The operators of each level of precedence, the loosest first.
(define levels '(("or") ("and") ("==" "!=" "<" "<=" ">" ">=") ("+" "-") ("*" "/" "%")))

(define (parse-expression tokens) (parse-level levels tokens))

(define (parse-level levels tokens)
  (if (nil? levels)
      (parse-operand tokens)
      (let loop ((left (parse-level (cdr levels) tokens)))
        (let* ((tokens (cdr left)) (operator (and tokens (member (cdr (car tokens)) (car levels)) (cdr (car tokens)))))
          (if operator
              (let ((right (parse-level (cdr levels) (cdr tokens))))
                (loop (cons (list :operation operator (car left) (car right)) (cdr right))))
              left)))))

(define (parse-operand tokens)
  (let ((kind (car (first tokens))) (value (cdr (first tokens))) (rest (cdr tokens)))
    (cond ((member kind '(:number :string)) (cons (list :constant value) rest))
          ((equal? value "(") (let ((inner (parse-expression rest))) (cons (car inner) (skip ")" (cdr inner)))))
          ((not (eq kind :name)) (error "expected an expression" value))
          ((next-is? rest "(") (let ((arguments (parse-list parse-expression (cdr rest))))
                                 (cons (cons :call (cons value (car arguments))) (cdr arguments))))
          (t (cons (list :variable value) rest)))))

; Items with commas between them, up to a closing parenthesis.
(define (parse-list parse-item tokens)
  (let loop ((tokens tokens) (items nil))
    (if (next-is? tokens ")")
        (cons (reverse items) (cdr tokens))
        (let ((item (parse-item (if items (skip "," tokens) tokens))))
          (loop (cdr item) (cons (car item) items))))))

(define (parse-name tokens) (cons (cdr (first tokens)) (cdr tokens)))

(define (parse-block tokens)
  (let loop ((tokens (skip "{" tokens)) (statements nil))
    (if (next-is? tokens "}")
        (cons (reverse statements) (cdr tokens))
        (let ((statement (parse-statement tokens)))
          (loop (cdr statement) (cons (car statement) statements))))))

(define (parse-statement tokens)
  (define (one-operand kind)
    (let ((e (parse-expression (cdr tokens)))) (cons (list kind (car e)) (skip ";" (cdr e)))))
  (case (cdr (first tokens))
    (("print") (one-operand :print))
    (("return") (one-operand :return))
    (("while") (let* ((test (parse-expression (cdr tokens))) (body (parse-block (cdr test))))
                 (cons (list :while (car test) (car body)) (cdr body))))
    (("if") (let* ((test (parse-expression (cdr tokens)))
                   (yes (parse-block (cdr test)))
                   (no (if (next-is? (cdr yes) "else") (parse-block (cdr (cdr yes))) (cons nil (cdr yes)))))
              (cons (list :if (car test) (car yes) (car no)) (cdr no))))
    (else (let* ((name (parse-name tokens)) (e (parse-expression (skip "=" (cdr name)))))
            (cons (list :set (car name) (car e)) (skip ";" (cdr e)))))))

; A program is a map of functions: a function is a pair (parameters . statements).
(define (parse-program text)
  (let loop ((tokens (tokenize text)) (functions {}))
    (if (nil? tokens)
        functions
        (let* ((name (parse-name (skip "function" tokens)))
               (parameters (parse-list parse-name (skip "(" (cdr name))))
               (body (parse-block (cdr parameters))))
          (loop (cdr body) (assoc functions (car name) (cons (car parameters) (car body))))))))

; --- Interpreter ---------------------------------------------------------------------------

(define (add a b) (if (and (number? a) (number? b)) (+ a b) (format "~a~a" a b)))
(define operations
  (hash-map "+" add "-" - "*" * "/" quotient "%" modulo "==" equal? "!=" (lambda (a b) (not (equal? a b)))
            "<" < "<=" <= ">" > ">=" >=))
(define library
  (hash-map "length" length "upper" string-upcase "char" (lambda (s i) (string-ref s i)) "text" number->string))

(define (value-of tree variables functions)
  (define (value e) (value-of e variables functions))
  (let ((operands (cdr tree)))
    (case (car tree)
      ((:constant) (car operands))
      ((:variable) (if (contains? variables (car operands))
                       (get variables (car operands))
                       (error "no such variable" (car operands))))
      ((:operation) (let ((a (nth operands 1)) (b (nth operands 2)))
                      (case (car operands)
                        (("and") (and (value a) (value b)))
                        (("or") (or (value a) (value b)))
                        (else ((get operations (car operands)) (value a) (value b))))))
      ((:call) (call (car operands) (map value (cdr operands)) functions)))))

(define (call name arguments functions)
  (let ((function (get functions name)) (builtin (get library name)))
    (cond (function (get (run-block (cdr function) (reduce merge {} (map hash-map (car function) arguments)) functions)
                         :result))
          (builtin (apply builtin arguments))
          (t (error "no such function" name)))))

; Runs statements until one returns: gives the variables after them, with the key :result when there was a return.
(define (run-block statements variables functions)
  (reduce (lambda (variables statement)
            (let ((after (run statement variables functions)))
              (if (contains? after :result) (reduced after) after)))
          variables
          statements))

(define (run statement variables functions)
  (define (value e) (value-of e variables functions))
  (let ((a (nth statement 1)) (b (nth statement 2)))
    (case (car statement)
      ((:print) (println (value a)) variables)
      ((:return) (assoc variables :result (value a)))
      ((:set) (assoc variables a (value b)))
      ((:if) (run-block (if (value a) b (nth statement 3)) variables functions))
      ((:while) (if (value a)
                    (let ((after (run-block b variables functions)))
                      (if (contains? after :result) after (run statement after functions)))
                    variables)))))

(define (run-program text) (call "main" nil (parse-program text)))

(println "result:" (run-program "
function factorial(n) { if n < 2 { return 1; } return n * factorial(n - 1); }

function prime(n) {                 # trial division
    d = 2;
    while d * d <= n { if n % d == 0 { return 0 == 1; } d = d + 1; }
    return n > 1;
}

function primes(limit) {
    n = 0; found = \"\";
    while n < limit { if prime(n) { found = found + \" \" + n; } n = n + 1; }
    return found;
}

function reversed(s) {
    out = \"\"; i = length(s);
    while i > 0 { i = i - 1; out = out + char(s, i); }
    return out;
}

function main() {
    print \"25! = \" + factorial(25);
    print \"primes:\" + primes(60);
    word = \"consair\";
    print word + \" backwards is \" + reversed(word) + \", loud it is \" + upper(word);
    sum = 0; i = 0;
    while i < 20000 { i = i + 1; if i % 3 == 0 or i % 5 == 0 { sum = sum + i; } }
    print \"sum = \" + sum;
    return (1 + 2) * 3 - 8 / 2;
}"))

(for-each (lambda (text)
            (println (try (run-program text) (catch (e) (cons (error-message e) (error-data e))))))
          '("function main() { return x; }"
            "function main() { return 1 +; }"
            "function main() { return f(1); }"
            "function main() { x = 1 }"
            "function main() { return \"a\" * 2; }"))
