; The most frequent words of a large text.
;
; The program first makes its own text: words of random syllables, chosen so that the n-th word is about n times rarer
; than the first one, as in natural languages (Zipf's law).  random-seed makes the "random" numbers the same each time.
; Then it reads the file back and counts with a map from words to counts.

; --- Making the text ---------------------------------------------------------------------

(define syllables <<"ba" "co" "de" "fi" "gu" "la" "me" "no" "pi" "ru" "sa" "te" "vo" "zu">>)

(define (random-element v) (vector-ref v (random (vector-length v))))

(define (random-word)
  (string-join (map (lambda (i) (random-element syllables)) (range (+ 2 (random 3))))))

; n to the power of a random number below 1 is small much more often than large: rank k comes with a chance of about
; 1/k.
(define (random-rank n) (- (exact (floor (expt (inexact n) (random)))) 1))

(define (random-line words)
  (define (pick i)
    (let ((word (vector-ref words (random-rank (vector-length words)))))
      (case (random 12)
        ((0) (string-append word ","))
        ((1) (string-append word "."))
        ((2) (string-upcase word))
        (else word))))
  (string-join (map pick (range 12)) " "))

(random-seed 1851)
(define vocabulary (list->vector (map (lambda (i) (random-word)) (range 3000))))
(define path (string-trim (cdr (assoc 'out (shell "mktemp")))))
(write-lines path (map (lambda (i) (random-line vocabulary)) (range 2500)))

; --- Counting ----------------------------------------------------------------------------

; Lower case, and anything but letters separates words.
(define (words-of line)
  (let ((plain (reduce (lambda (text mark) (string-replace text mark " ")) (string-downcase line) '("." ","))))
    (filter (lambda (word) (not (equal? word ""))) (string-split plain " "))))

; update gives the map with the value of one key changed.  Nobody else holds the map, so this happens in place: counting
; is as fast as with a mutable table, but nothing can be changed behind anybody's back.
(define (count-word counts word)
  (update counts word (lambda (n) (+ 1 (or n 0)))))

(define (count-line counts line)
  (reduce count-word counts (words-of line)))

(define text (read-lines path))
(define counts (reduce count-line {} text))

; --- Reporting ---------------------------------------------------------------------------

; Entries of a map are vectors <<key value>>.  More frequent words come first, equally frequent ones by the alphabet.
(define (more-frequent? a b)
  (let ((m (vector-ref a 1)) (n (vector-ref b 1)))
    (or (> m n) (and (= m n) (string<? (vector-ref a 0) (vector-ref b 0))))))

(define (take n xs)
  (if (or (= n 0) (nil? xs)) nil (cons (car xs) (take (- n 1) (cdr xs)))))

(define total (reduce + 0 (vals counts)))
(println "lines:" (length text) " words:" total " different words:" (count counts))

(define (bar n) (string-join (map (lambda (i) "#") (range n))))
(define (blanks n) (string-join (map (lambda (i) " ") (range n))))
(define (left text width) (string-append text (blanks (- width (length text)))))
(define (right text width) (string-append (blanks (- width (length text))) text))

(for-each (lambda (entry)
            (let ((word (vector-ref entry 0)) (n (vector-ref entry 1)))
              (println (left word 10) (right (number->string n) 5) (right (format "~,2f%" (/ (* 100 n) total)) 7)
                       (bar (quotient n 60)))))
          (take 10 (sort (seq counts) more-frequent?)))

(println "words that occur once:" (length (filter (lambda (n) (= n 1)) (vals counts))))
(println "longest word:" (reduce (lambda (a b) (if (> (length b) (length a)) b a)) (sort (keys counts) string<?)))
(println "removed:" (cdr (assoc 'success (shell (string-append "rm " path)))))
