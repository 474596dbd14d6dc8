; Perfect binary trees, made, counted and dropped: allocation.  A leaf is (nil . nil).
(define (make depth)
  (if (= depth 0)
      (cons nil nil)
      (cons (make (- depth 1)) (make (- depth 1)))))

(define (nodes tree)
  (if (nil? (car tree))
      1
      (+ 1 (nodes (car tree)) (nodes (cdr tree)))))

(define (nodes-of-many count depth)
  (do ((i 0 (+ i 1))
       (total 0 (+ total (nodes (make depth)))))
      ((= i count) total)))

(define (main depth)
  (let* ((stretch (nodes (make (+ depth 1))))
         (long-lived (make depth))
         (short-lived (do ((d 4 (+ d 2))
                           (total 0 (+ total (nodes-of-many (expt 2 (+ (- depth d) 4)) d))))
                          ((> d depth) total))))
    (println (+ stretch short-lived (nodes long-lived)))))

(main 18)
