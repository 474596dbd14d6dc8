; What can be nil or an object of one kind is passed on as its address: as parameter, result, turn of a loop, capture and operand of try.
(define (insert n key) (if (nil? n) (vector nil key nil) (if (< key (vector-ref n 1)) (vector (insert (vector-ref n 0) key) (vector-ref n 1) (vector-ref n 2)) (vector (vector-ref n 0) (vector-ref n 1) (insert (vector-ref n 2) key)))))
(define (leftmost n) (if (and n (vector-ref n 0)) (leftmost (vector-ref n 0)) n))
(define (left n) (if (nil? n) nil (vector-ref n 0)))
(define (path n keys) (if (or (nil? n) (nil? keys)) (list n) (cons (vector-ref n 1) (path (left n) (cdr keys)))))
(define tree (reduce insert nil (list 5 3 8 1 4)))
(println (leftmost nil) (leftmost tree) (left nil) (left (left (left (left tree)))) (not (left nil))) ; expect: nil <<nil 1 nil>> nil nil t
(println (path tree (list 1 2 3 4 5)) (path nil nil) (eq (left nil) nil) (equal? (left (leftmost tree)) nil)) ; expect: (5 3 1 nil) (nil) t t
(define (evens l) (if (nil? l) nil (if (= (remainder (car l) 2) 0) (cons (car l) (evens (cdr l))) (evens (cdr l)))))
(define (last-tail l) (if (cdr l) (last-tail (cdr l)) l))
(define (safe-last l) (try (last-tail (evens l)) (catch (e) nil)))
(println (evens (list 1 3)) (safe-last (list 1 2 4)) (cons (evens (list 1)) (evens (list 2))) (vector (evens nil) (evens (list 4)))) ; expect: nil (4) (nil 2) <<nil (4)>>
(define (count-to n l) (if (= n 0) (lambda () l) (count-to (- n 1) (if (= n 3) nil (cons n l)))))
(println ((count-to 5 nil)) ((count-to 3 nil)) ((count-to 0 nil))) ; expect: (1 2) (1 2) nil
(define (text-or-nil n) (if (= n 0) nil (if (= n 1) "one" (text-or-nil (- n 1)))))
(define (all n l) (if (= n 0) l (all (- n 1) (cons (text-or-nil (remainder n 2)) l))))
(println (all 4 nil) (list (text-or-nil 0) (text-or-nil 7)) (if (text-or-nil 0) 'yes 'no) (list 'a (evens nil))) ; expect: ("one" nil "one" nil) (nil "one") no (a nil)
