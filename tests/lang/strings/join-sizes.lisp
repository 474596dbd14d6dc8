;; Parts of every size are joined to what they were, and what dies with lists, vectors and maps is freed once.
(define (text n) (reduce string-append "" (map (lambda (i) "a") (range n))))
(define (all-sizes most)
  (map (lambda (n) (string-append (text n) (number->string n))) (range most)))
(define joined (string-join (all-sizes 40) "-"))
(println (string-length joined)) ; expect: 889
(println (equal? joined (reduce (lambda (a b) (string-append a "-" b)) (car (all-sizes 40)) (cdr (all-sizes 40))))) ; expect: t
(println (string-join (map number->string '(7 42 123 1234 12345678 -1 123456789012345678)) "")) ; expect: 742123123412345678-1123456789012345678

;; Lists of strings of the size of cells and of others, shared and not.
(define (round k)
  (let* ((kept (number->string k))
         (texts (map (lambda (i) (if (= (remainder i 3) 0) kept (string-append kept (text i)))) (range 40)))
         (tail (cdr (cdr texts)))
         (all (vector texts tail {kept texts "other" tail} (list kept kept (list (number->string 12345678901))))))
    (+ (string-length (string-join (vector-ref all 0) ",")) (length tail))))
(println (reduce + 0 (map round (range 1000)))) ; expect: 699600
