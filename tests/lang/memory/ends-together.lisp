; Pairs that are taken apart one after the other end together: unique ones are freed, of shared ones only the first is counted.
(define (call f x) (f x))
(define (third x k) (k (car (cdr (cdr x)))))
(define (second-of-first x k) (k (car (cdr (car x)))))
(define (rest3 x k) (k (cdr (cdr (cdr x)))))
(define (keep-all x) x)
(define (text i) (string-append "n" (number->string i)))
(define (make i) (list (text i) (list (text (+ i 1)) (text (+ i 2))) (list (text (+ i 3)))))
; unique
(println (third (make 1) keep-all)) ; expect: ("n4")
(println (second-of-first (list (make 1) 2) keep-all)) ; expect: ("n2" "n3")
(println (rest3 (make 1) keep-all)) ; expect: nil
; the first pair is shared, one behind it, the last one
(define whole (make 5))
(println (third whole keep-all) whole) ; expect: ("n8") ("n5" ("n6" "n7") ("n8"))
(define (shared-rest i) (let ((r (cdr (make i)))) (list (third (cons i r) keep-all) r)))
(println (shared-rest 9)) ; expect: (("n12") (("n10" "n11") ("n12")))
(define (shared-last i) (let ((l (list (text i)))) (list (third (list 1 2 l) keep-all) l)))
(println (shared-last 3)) ; expect: (("n3") ("n3"))
; closures that capture a list and take it apart when they are called, once or twice
(define (later x) (lambda (k) (k (car (cdr (cdr x))))))
(define c (later (make 20)))
(println (c keep-all) (c keep-all)) ; expect: ("n23") ("n23")
(println ((later (make 30)) keep-all)) ; expect: ("n33")
; association lists whose entries are taken apart with the list
(define (sum-entries l n s) (if (nil? l) (list n s) (sum-entries (cdr l) (+ n (cdr (car l))) (string-append s (car (car l))))))
(define (entries i) (list (cons (text i) i) (cons (text (+ i 1)) (+ i 1))))
(println (sum-entries (entries 1) 0 "")) ; expect: (3 "n1n2")
(define kept (entries 4))
(println (sum-entries kept 0 "") (sum-entries (cons (car kept) kept) 0 "")) ; expect: (9 "n4n5") (13 "n4n4n5")
(define (swap-all l) (if (nil? l) nil (let ((e (car l))) (cons (cons (cdr e) (car e)) (swap-all (cdr l))))))
(println (swap-all (entries 1)) (swap-all kept) kept) ; expect: ((1 . "n1") (2 . "n2")) ((4 . "n4") (5 . "n5")) (("n4" . 4) ("n5" . 5))
; errors in the middle leave nothing behind
(define (safely f x) (try (f x keep-all) (catch (e) (error-message e))))
(println (safely third (list (text 1) (text 2)))) ; expect: car: expected a cons, got nil
(println (safely third (cons (text 1) (text 2)))) ; expect: cdr: expected a cons, got "n2"
(println (safely second-of-first (list (cons (text 1) 5)))) ; expect: car: expected a cons, got 5
(println (safely third kept) kept) ; expect: car: expected a cons, got nil (("n4" . 4) ("n5" . 5))
; what is taken out is given on while the list goes
(define (walk l acc) (if (nil? l) acc (walk (cdr (cdr l)) (cons (car (cdr l)) acc))))
(println (walk (list 1 (text 1) 2 (text 2)) nil)) ; expect: ("n2" "n1")
(define both (list 1 (text 1) 2 (text 2)))
(println (walk both nil) (walk (cons 0 (cons (text 0) both)) nil) both) ; expect: ("n2" "n1") ("n2" "n1" "n0") (1 "n1" 2 "n2")
