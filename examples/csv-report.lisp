; A report on a table in CSV format: mean, median and standard deviation of each numeric column, and a bar chart.
;
; usage: consairc run csv-report.lisp [CHART.svg]
;
; CSV looks simpler than it is: a field in quotes may contain commas, line ends and, doubled, quotes.  The parser is a
; state machine: one loop over the characters, whose arguments are the state.

(define text "city,country,\"population, millions\",area km²,\"elevation, m\"
Tokyo,Japan,14.18,2194,40
\"Mexico City\",Mexico,9.21,1485,2240
Paris,France,2.1,105.4,35
\"La Paz, called \"\"the city that touches the clouds\"\"\",Bolivia,0.76,472,3640
Nairobi,Kenya,4.4,696,1795
\"New
York\",United States,8.34,778.2,10
Reykjavík,Iceland,0.14,244,61
")

; --- Parsing -----------------------------------------------------------------------------

; List of rows, each a vector of strings.  chars: what is left; field: characters of this field so far, the last one in
; front; row: fields so far; quoted: inside quotes?
(define (parse-csv text)
  (define (finished field) (string-join (reverse field)))
  (let loop ((chars (string->list text)) (field nil) (row <<>>) (rows nil) (quoted nil))
    (if (nil? chars)
        (reverse (if (or field (not (empty? row))) (cons (conj row (finished field)) rows) rows))
        (let ((char (car chars)) (chars (cdr chars)))
          (cond (quoted
                 (cond ((not (equal? char "\"")) (loop chars (cons char field) row rows t))
                       ((equal? (first chars) "\"") (loop (cdr chars) (cons char field) row rows t))
                       (t (loop chars field row rows nil))))
                ((equal? char "\"") (loop chars field row rows t))
                ((equal? char ",") (loop chars nil (conj row (finished field)) rows nil))
                ((equal? char "\n") (loop chars nil <<>> (cons (conj row (finished field)) rows) nil))
                (t (loop chars (cons char field) row rows nil)))))))

; --- Statistics --------------------------------------------------------------------------

(define (sum xs) (reduce + 0 xs))
(define (mean xs) (/ (sum xs) (length xs)))

(define (median xs)
  (let* ((sorted (list->vector (sort xs))) (n (vector-length sorted)) (middle (quotient n 2)))
    (if (= (modulo n 2) 1)
        (vector-ref sorted middle)
        (/ (+ (vector-ref sorted (- middle 1)) (vector-ref sorted middle)) 2))))

(define (standard-deviation xs)
  (let ((m (mean xs)))
    (sqrt (/ (sum (map (lambda (x) (expt (- x m) 2)) xs)) (- (length xs) 1)))))

; --- The table ---------------------------------------------------------------------------

(define table (parse-csv text))
(define header (car table))
(define rows (cdr table))

(define (column i) (map (lambda (row) (vector-ref row i)) rows))

; The numbers of a column, or nil when one of its fields is none.
(define (numeric-column i)
  (let ((numbers (map string->number (column i))))
    (if (member nil numbers) nil numbers)))

(define (blanks n) (string-join (map (lambda (i) " ") (range n))))
(define (left text width) (string-append text (blanks (- width (length text)))))
(define (right text width) (string-append (blanks (- width (length text))) text))

(println (left "column" 22) (right "mean" 10) (right "median" 10) (right "deviation" 10))
(for-each (lambda (i)
            (let ((numbers (numeric-column i)))
              (if numbers
                  (println (left (vector-ref header i) 22)
                           (right (format "~,2f" (mean numbers)) 10)
                           (right (format "~,2f" (median numbers)) 10)
                           (right (format "~,2f" (standard-deviation numbers)) 10))
                  (println (left (vector-ref header i) 22) "  text," (count (reduce conj #{} (column i))) "values"))))
          (range (vector-length header)))

(define highest (reduce (lambda (a b) (if (> (cdr b) (cdr a)) b a)) (map cons (column 0) (numeric-column 4))))
(println "highest:" (car highest) "at" (cdr highest) "m")

; --- The chart ---------------------------------------------------------------------------

(define (escaped text)
  (reduce (lambda (text pair) (string-replace text (car pair) (cdr pair)))
          text
          '(("&" . "&amp;") ("<" . "&lt;") (">" . "&gt;") ("\n" . " "))))

(define bar-height 24)
(define chart-width 400)

(define (bar i label value greatest)
  (let ((y (* i (+ bar-height 6))) (width (* chart-width (/ value greatest))))
    (string-append
     (format "  <rect x=\"0\" y=\"~d\" width=\"~,1f\" height=\"~d\" fill=\"steelblue\"/>~%" y width bar-height)
     (format "  <text x=\"~,1f\" y=\"~d\">~a</text>" (+ width 8) (+ y 17) (escaped label)))))

(define (bar-chart labels values)
  (let ((greatest (apply max values)) (n (length values)))
    (string-join (append (list (format "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"~d\" height=\"~d\">"
                                       (* 2 chart-width) (* n (+ bar-height 6))))
                         (map (lambda (i label value) (bar i label value greatest)) (range n) labels values)
                         '("</svg>" ""))
                 "\n")))

(define chart-file (or (first (command-line)) "csv-report.svg"))
(define chart (bar-chart (column 0) (numeric-column 2)))
(spit chart-file chart)
(println "chart:" (length (read-lines chart-file)) "lines, unchanged when read back:" (equal? (slurp chart-file) chart))
(println (nth (read-lines chart-file) 1))
(println (string-trim (nth (read-lines chart-file) 4)))
