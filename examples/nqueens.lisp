; The number of ways to place n queens on an n x n board, and one solution drawn.

; Is column `col` safe against the queens placed so far?  The nearest one is `distance` rows away.
(define (safe? col queens distance)
  (cond ((nil? queens) t)
        ((= (car queens) col) nil)
        ((= (car queens) (+ col distance)) nil)
        ((= (car queens) (- col distance)) nil)
        (t (safe? col (cdr queens) (+ distance 1)))))

(define (count-solutions n row queens)
  (if (= row n)
      1
      (let try-column ((col 0) (total 0))
        (cond ((= col n) total)
              ((safe? col queens 1)
               (try-column (+ col 1) (+ total (count-solutions n (+ row 1) (cons col queens)))))
              (t (try-column (+ col 1) total))))))

; The first solution as a list of columns, or nil.
(define (solve n row queens)
  (if (= row n)
      queens
      (let try-column ((col 0))
        (cond ((= col n) nil)
              ((safe? col queens 1)
               (or (solve n (+ row 1) (cons col queens)) (try-column (+ col 1))))
              (t (try-column (+ col 1)))))))

(define (draw-row n queen)
  (let next ((col 0))
    (when (< col n)
      (print (if (= col queen) "Q" "."))
      (if (< (+ col 1) n) (print " "))
      (next (+ col 1))))
  (println))

(define (draw n queens)
  (when (cons? queens)
    (draw-row n (car queens))
    (draw n (cdr queens))))

(let loop ((n 1))
  (when (< n 9)
    (println n "queens:" (count-solutions n 0 nil))
    (loop (+ n 1))))
(draw 8 (solve 8 0 nil))
