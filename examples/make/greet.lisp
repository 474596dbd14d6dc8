;; The greetings are read when the program is compiled, so the executable needs no other file.
(defmacro greetings () `(quote ,(read-lines (or (getenv "GREETINGS") "greetings.txt"))))

(define (greet name)
  (for-each (lambda (greeting) (println (string-append greeting ", " name "!"))) (greetings)))

(if (command-line) (for-each greet (command-line)) (greet "world"))
