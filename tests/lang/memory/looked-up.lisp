; What was looked up in something that lives on is lent, or ends late; what nobody else holds any more is taken apart as ever.
(define (text i) (string-append "n" (number->string i)))
(define (table-of n) (if (= n 0) nil (cons (cons n (list (list (text n) 'one) (list (text (+ n 1)) 'two))) (table-of (- n 1)))))
(define table (table-of 9))
(define (look n l) (cond ((nil? l) nil) ((= n (car (car l))) (cdr (car l))) (t (look n (cdr l)))))
(define (first-texts rules acc) (if (nil? rules) (reverse acc) (first-texts (cdr rules) (cons (car (car rules)) acc))))
(println (first-texts (look 3 table) nil) (first-texts (look 9 table) nil)) ; expect: ("n3" "n4") ("n9" "n10")
(println (first-texts (look 2 (table-of 3)) nil)) ; expect: ("n2" "n3")

; rules go along in tail calls between functions
(define (match pattern term found) (if (cons? pattern) (match (cdr pattern) (cdr term) (cons (car pattern) (cons (car term) found))) found))
(define (rewrite term) (if (cons? term) (rewrite-by (list (car term) (text (car term)) (rewrite (cdr term))) (look (car term) table)) term))
(define (rewrite-by term rules)
  (cond ((nil? rules) term)
        ((eq (car (cdr (car rules))) 'two) (rewrite-end term rules (match (car rules) term nil)))
        (t (rewrite-by term (cdr rules)))))
(define (rewrite-end term rules found) (if (nil? found) (rewrite-by term (cdr rules)) (list found (car rules) (cdr rules))))
(println (rewrite (list 1 2 3))) ; expect: ((two "n1" "n2" 1) ("n2" two) nil)
(define (rewrite-own term tbl n)
  (if (= n 0) term (rewrite-own (list (first-texts (look n tbl) nil) (car term)) (cdr tbl) (- n 1))))
(println (rewrite-own (list 1) (reverse (table-of 3)) 3)) ; expect: (nil ("n2" "n3"))

; the table ends while what was found in it goes on
(define (pick n) (let ((tbl (table-of 4))) (let ((found (look n tbl))) (first-texts (cdr found) (list (length tbl))))))
(define (pick-later n) (let ((found (look n (table-of 4)))) (if (nil? found) nil (rewrite-by found found))))
(println (pick 2) (pick-later 4)) ; expect: (4 "n3") ((two ("n5" two) "n5" ("n4" one)) ("n5" two) nil)
