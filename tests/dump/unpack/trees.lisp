; A pair of which only halves are read any more is taken apart before the first call, a vector as far as its length is known.
; options: -fno-accumulate

(define (increment tree)
  (cond ((cons? tree) (cons (increment (car tree)) (increment (cdr tree))))
        ((nil? tree) nil)
        (t (+ tree 1))))

; What is asked after the call is asked before it: the call can take the tree over.
(define (insert tree key)
  (if (nil? tree)
      (vector t nil key nil)
      (let ((left (vector-ref tree 1)) (k (vector-ref tree 2)) (right (vector-ref tree 3)))
        (if (< key k)
            (vector nil (insert left key) k right)
            (vector nil left k (insert right key))))))

(define (insert-all tree keys)
  (if (nil? keys)
      tree
      (let ((n (insert tree (car keys))))
        (insert-all (if (and tree (vector-ref tree 0)) n (vector t (vector-ref n 1) (vector-ref n 2) (vector-ref n 3)))
                    (cdr keys)))))

; Not a word before its turn: g comes before what is read of the pair, and may raise.
(define (in-order f pair g) (list (g pair) (f (car pair)) (f (cdr pair))))

; Lent: the caller keeps the pair.
(define (sum-twice list) (+ (sum list) (sum list)))
(define (sum list) (if (nil? list) 0 (+ (car list) (sum (cdr list)))))

(define some-list (vector-ref (list->vector (list list cons)) 0)) ; nothing is known of what it makes
(println (increment (increment (some-list 1 (some-list 2 3)))))
(println (insert-all nil (list 2 1 3)))
(println (in-order - (if (= (random 2) 0) (cons "1" 2) (some-list 3 4)) car))
(println (sum-twice (some-list 1 2 3)))
