; A red-black tree after Okasaki (Red-Black Trees in a Functional Setting, 1999): insertion keeps the tree balanced by
; rebuilding the path to the new key; the old tree stays as it was.
; A node is a vector <<colour left key right>>; the empty tree is nil.

(define (node colour left key right) (vector colour left key right))
(define (colour tree) (vector-ref tree 0))
(define (left tree) (vector-ref tree 1))
(define (key tree) (vector-ref tree 2))
(define (right tree) (vector-ref tree 3))
(define (red? tree) (and (not (nil? tree)) (eq (colour tree) 'red)))

; The four cases of a black node with a red child that has a red child become one red node with two black children.
(define (balance c l k r)
  (cond ((not (eq c 'black)) (node c l k r))
        ((and (red? l) (red? (left l)))
         (rebuilt (left (left l)) (key (left l)) (right (left l)) (key l) (right l) k r))
        ((and (red? l) (red? (right l)))
         (rebuilt (left l) (key l) (left (right l)) (key (right l)) (right (right l)) k r))
        ((and (red? r) (red? (left r)))
         (rebuilt l k (left (left r)) (key (left r)) (right (left r)) (key r) (right r)))
        ((and (red? r) (red? (right r)))
         (rebuilt l k (left r) (key r) (left (right r)) (key (right r)) (right (right r))))
        (t (node c l k r))))
(define (rebuilt a x b y c z d)
  (node 'red (node 'black a x b) y (node 'black c z d)))

(define (insert tree x)
  (define (ins s)
    (cond ((nil? s) (node 'red nil x nil))
          ((< x (key s)) (balance (colour s) (ins (left s)) (key s) (right s)))
          ((> x (key s)) (balance (colour s) (left s) (key s) (ins (right s))))
          (t s)))
  (let ((s (ins tree)))
    (node 'black (left s) (key s) (right s))))

(define (contains? tree x)
  (cond ((nil? tree) nil)
        ((< x (key tree)) (contains? (left tree) x))
        ((> x (key tree)) (contains? (right tree) x))
        (t t)))

(define (to-list tree rest)
  (if (nil? tree) rest (to-list (left tree) (cons (key tree) (to-list (right tree) rest)))))
(define (depth tree)
  (if (nil? tree) 0 (let ((l (depth (left tree))) (r (depth (right tree)))) (+ 1 (if (> l r) l r)))))

; The same number of black nodes on every path?  nil when not, else that number.
(define (black-height tree)
  (if (nil? tree)
      1
      (let ((l (black-height (left tree))) (r (black-height (right tree))))
        (and l r (= l r) (if (red? tree) l (+ l 1))))))

; 20000 keys in an order that looks random: multiples of 7919 modulo 20011.
(define (fill tree n) (if (= n 0) tree (fill (insert tree (remainder (* n 7919) 20011)) (- n 1))))

(define small (fill nil 10))
(println "ten keys in order:" (to-list small nil))
(println "as a tree:" small)
(define big (fill nil 20000))
(println "keys:" (length (to-list big nil)) "depth:" (depth big) "black height:" (black-height big))
(println "contains 5000:" (contains? big 5000) " contains -1:" (contains? big -1))
(define (sorted? xs) (or (nil? xs) (nil? (cdr xs)) (and (< (car xs) (car (cdr xs))) (sorted? (cdr xs)))))
(println "in order:" (sorted? (to-list big nil)))
