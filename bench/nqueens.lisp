; The number of ways to place 13 queens on a board of 13 x 13: short lists, made and dropped.

; Is a queen in `row` safe from those of `placed`, the first of which is `distance` columns away?
(define (safe? row distance placed)
  (cond ((nil? placed) t)
        ((= (car placed) (+ row distance)) nil)
        ((= (car placed) (- row distance)) nil)
        (t (safe? row (+ distance 1) (cdr placed)))))

; The solutions with one of `rows` in the next column; `rejected` are the rows that were tried there before.
(define (solutions rows rejected placed)
  (if (nil? rows)
      (if (nil? rejected) 1 0)
      (+ (if (safe? (car rows) 1 placed)
             (solutions (append (cdr rows) rejected) nil (cons (car rows) placed))
             0)
         (solutions (cdr rows) (cons (car rows) rejected) placed))))

(println (solutions (range 1 14) nil nil))
