; What stands in front of a list that is kept is lent with it, and append is lent a list that is needed again.
; options: -fno-inline -fno-accumulate -fno-unfold
(define (count rows others)
  (if (nil? rows)
      (length others)
      (+ (count (append (cdr rows) others) others) (count (cdr rows) (cons (length rows) others)))))
(define (last xs) (if (nil? (cdr xs)) (car xs) (last (cdr xs))))
(define (joined xs ys) (last (append xs ys)))
(println (count (range 5) nil) (joined (range 3) (range 4)))
