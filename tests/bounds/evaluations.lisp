; Evaluates as many forms, with literals and functions in them, as the first argument says.
(define n (string->number (car (command-line))))
(define (loop i acc)
  (if (= i n) acc
      (loop (+ i 1)
            (+ acc (eval (list '+ i (list 'length (list 'quote (list i "text" 'a i))) '(reduce + 0 (map (lambda (x) (* x x)) (list 1 2 3)))
                               '(string-length (string-append "abc" (number->string 123456789012345678901234567890)))))))))
(println (loop 0 0))
