; A red-black tree of a million keys, inserted in falling order: symbolic code that builds what it takes apart.
; A node is <<red? left key value right>>, the empty tree nil.
(define (node red? left key value right) (vector red? left key value right))
(define (node-red? n) (vector-ref n 0))
(define (node-left n) (vector-ref n 1))
(define (node-key n) (vector-ref n 2))
(define (node-value n) (vector-ref n 3))
(define (node-right n) (vector-ref n 4))

(define (red? n) (and n (node-red? n)))

; The black node of these parts, where `left` may be red with a red child.
(define (balance-left left key value right)
  (cond ((red? (node-left left))
         (let ((x (node-left left)))
           (node t
                 (node nil (node-left x) (node-key x) (node-value x) (node-right x))
                 (node-key left) (node-value left)
                 (node nil (node-right left) key value right))))
        ((red? (node-right left))
         (let ((x (node-right left)))
           (node t
                 (node nil (node-left left) (node-key left) (node-value left) (node-left x))
                 (node-key x) (node-value x)
                 (node nil (node-right x) key value right))))
        (t (node nil
                 (node t (node-left left) (node-key left) (node-value left) (node-right left))
                 key value right))))

; The same where `right` may be red with a red child.
(define (balance-right left key value right)
  (cond ((red? (node-left right))
         (let ((x (node-left right)))
           (node t
                 (node nil left key value (node-left x))
                 (node-key x) (node-value x)
                 (node nil (node-right x) (node-key right) (node-value right) (node-right right)))))
        ((red? (node-right right))
         (let ((x (node-right right)))
           (node t
                 (node nil left key value (node-left right))
                 (node-key right) (node-value right)
                 (node nil (node-left x) (node-key x) (node-value x) (node-right x)))))
        (t (node nil
                 left key value
                 (node t (node-left right) (node-key right) (node-value right) (node-right right))))))

(define (insert-below n key value)
  (if (nil? n)
      (node t nil key value nil)
      (let ((red (node-red? n))
            (left (node-left n))
            (k (node-key n))
            (v (node-value n))
            (right (node-right n)))
        (cond ((< key k)
               (if (and (not red) (red? left))
                   (balance-left (insert-below left key value) k v right)
                   (node red (insert-below left key value) k v right)))
              ((> key k)
               (if (and (not red) (red? right))
                   (balance-right left k v (insert-below right key value))
                   (node red left k v (insert-below right key value))))
              (t (node red left key value right))))))

(define (insert tree key value)
  (let ((n (insert-below tree key value)))
    (if (red? tree)
        (node nil (node-left n) (node-key n) (node-value n) (node-right n))
        n)))

(define (fold f acc tree)
  (if (nil? tree)
      acc
      (fold f (f (fold f acc (node-left tree)) (node-value tree)) (node-right tree))))

(define (depth tree)
  (if (nil? tree)
      0
      (+ 1 (max (depth (node-left tree)) (depth (node-right tree))))))

(let ((tree (do ((i 1000000 (- i 1))
                 (tree nil (insert tree i (= (remainder i 10) 0))))
                ((= i 0) tree))))
  (println (fold (lambda (count value) (if value (+ count 1) count)) 0 tree) (depth tree)))
