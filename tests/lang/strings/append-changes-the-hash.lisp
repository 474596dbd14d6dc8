; A string that was a key and is then extended in place is another key.
(define (grow s) (list (%get (%hash-map s 1) s) (string-append s "b")))
(let ((r (grow (string-append "a" (number->string 1)))))
  (println r (%get (%hash-map "a1b" 'found) (car (cdr r))))) ; expect: (1 "a1b") found
