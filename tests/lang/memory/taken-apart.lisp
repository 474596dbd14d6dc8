; Values are taken apart before the calls that need their parts; whoever else holds them sees nothing of it.

(define (increment tree)
  (cond ((cons? tree) (cons (increment (car tree)) (increment (cdr tree))))
        ((nil? tree) nil)
        (t (+ tree 1))))
(define tree (list 1 (list 2 3) (list (list 4) 5)))
(println (increment tree) tree) ; expect: (2 (3 4) ((5) 6)) (1 (2 3) ((4) 5))
(let ((left (car (cdr tree))))
  (println (increment (increment tree)) left)) ; expect: (3 (4 5) ((6) 7)) (2 3)

; A search tree of vectors, <<red? left key right>>: older versions stay as they were.
(define (insert tree key)
  (if (nil? tree)
      (vector t nil key nil)
      (let ((left (vector-ref tree 1)) (k (vector-ref tree 2)) (right (vector-ref tree 3)))
        (cond ((< key k) (vector nil (insert left key) k right))
              ((> key k) (vector nil left k (insert right key)))
              (t tree)))))
(define (blacken old new)
  (if (and old (vector-ref old 0)) (vector :black (vector-ref new 1) (vector-ref new 2) (vector-ref new 3)) new))
(define (insert-all tree keys)
  (if (nil? keys) tree (insert-all (blacken tree (insert tree (car keys))) (cdr keys))))
(define (keys tree) (if (nil? tree) nil (append (keys (vector-ref tree 1)) (list (vector-ref tree 2)) (keys (vector-ref tree 3)))))
(define first-tree (insert-all nil '(5 2 8)))
(define second-tree (insert-all first-tree '(1 9 3 5)))
(println (keys first-tree) (keys second-tree)) ; expect: (2 5 8) (1 2 3 5 8 9)
(println (vector-ref first-tree 0) (vector-ref second-tree 0)) ; expect: :black :black

; Zipping takes two apart at once; one of them is the other's tail.
(define (zip a b) (if (or (nil? a) (nil? b)) nil (cons (cons (car a) (car b)) (zip (cdr a) (cdr b)))))
(let ((list (list "a" "b" "c")))
  (println (zip list (cdr list)) list)) ; expect: (("a" . "b") ("b" . "c")) ("a" "b" "c")

; Errors keep their place and their turn.
(define (noisy x) (println "noisy" x) x)
(define (parts p) (list (noisy 1) (car p) (noisy 2) (cdr p)))
; expect: noisy 1
(println (try (parts 5) (catch (e) (error-message e)))) ; expect: car: expected a cons, got 5
; expect: noisy 1
; expect: noisy 2
(println (parts (cons (list 1) "x"))) ; expect: (1 (1) 2 "x")
(define (three v) (let ((first (vector-ref v 0))) (noisy first) (list (vector-ref v 1) (noisy "next") (vector-ref v 2))))
; expect: noisy a
; expect: noisy next
(println (three (vector "a" "b" "c"))) ; expect: ("b" "next" "c")
; expect: noisy a
; expect: noisy next
(println (try (three (vector "a" "b")) (catch (e) (error-message e)))) ; expect: vector-ref: index 2 out of bounds for length 2

; An error in the middle, when the pair is gone already: what it held is dropped.
(define (fails x) (if (= x 3) (error "three" x) (list x x)))
(define (each tree) (if (nil? tree) nil (cons (fails (car tree)) (each (cdr tree)))))
(println (try (each (list 1 2 3 4)) (catch (e) (error-message e)))) ; expect: three
(define (both tree) (if (cons? tree) (list (both (car tree)) (both (cdr tree))) (fails tree)))
(println (try (both (cons (cons 1 2) (cons 3 (list 4)))) (catch (e) (error-message e)))) ; expect: three
(define (inside tree)
  (let ((first (try (fails (car tree)) (catch (e) (list (error-message e) tree)))))
    (list first (cdr tree))))
(println (inside (list 3 "rest"))) ; expect: (("three" (3 "rest")) ("rest"))
(println (inside (list 4 "rest"))) ; expect: ((4 4) ("rest"))

; Vectors of every kind, whole or in part, shared or not.
(define (ends v) (let ((a (vector-ref v 0)) (c (vector-ref v 2))) (list c (noisy a))))
; expect: noisy 1
; expect: noisy 1.5
; expect: noisy one
(println (ends (vector 1 2 3)) (ends (vector 1.5 2.5 3.5)) (ends (vector "one" (list 2) (list 3)))) ; expect: (3 1) (3.5 1.5) ((3) "one")
(let ((v (vector (list 1) (list 2) (list 3))))
  ; expect: noisy (1)
  (println (ends v) v)) ; expect: ((3) (1)) <<(1) (2) (3)>>
