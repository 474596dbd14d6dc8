; Conway's game of life on an endless board.
;
; The living cells are a set of vectors <<x y>>, so the board needs no edges.  A generation takes two steps: count for
; every cell near a living one how many living neighbours it has, in a map from cells to counts; then keep the cells
; with three, and the living ones with two.

(define offsets '((-1 . -1) (0 . -1) (1 . -1) (-1 . 0) (1 . 0) (-1 . 1) (0 . 1) (1 . 1)))

(define (neighbours cell)
  (let ((x (vector-ref cell 0)) (y (vector-ref cell 1)))
    (map (lambda (offset) (vector (+ x (car offset)) (+ y (cdr offset)))) offsets)))

(define (add-one n) (+ 1 (or n 0)))

(define (neighbour-counts cells)
  (define (count-around counts cell)
    (reduce (lambda (counts neighbour) (update counts neighbour add-one)) counts (neighbours cell)))
  (reduce count-around {} cells))

; An entry of the map is a vector <<cell count>>.
(define (next-generation cells)
  (reduce (lambda (next entry)
            (let ((cell (vector-ref entry 0)) (n (vector-ref entry 1)))
              (if (or (= n 3) (and (= n 2) (contains? cells cell))) (conj next cell) next)))
          #{}
          (neighbour-counts cells)))

(define (generation n cells)
  (if (= n 0) cells (generation (- n 1) (next-generation cells))))

; A picture of o and . as a set of cells, its upper left corner at 0, 0.
(define (parse lines)
  (define (living y line)
    (filter identity (map (lambda (x char) (and (equal? char "o") (vector x y))) (range (length line)) line)))
  (reduce conj #{} (reduce append (map living (range (length lines)) lines))))

(define (identity x) x)

(define (move cells dx dy)
  (reduce conj #{} (map (lambda (cell) (vector (+ dx (vector-ref cell 0)) (+ dy (vector-ref cell 1)))) cells)))

(define (show cells left top right bottom)
  (define (row y)
    (string-join (map (lambda (x) (if (contains? cells (vector x y)) "o" ".")) (range left right)) " "))
  (for-each println (map row (range top bottom))))

; --- A glider moves one cell down and to the right in four generations ----------------------

(define glider (parse '(".o."
                        "..o"
                        "ooo")))
(for-each (lambda (n)
            (println "glider, generation" n)
            (show (generation n glider) 0 0 5 5))
          (range 5))
(println "the same shape, moved:" (equal? (generation 4 glider) (move glider 1 1)))
(println "after 40 generations:" (equal? (generation 40 glider) (move glider 10 10)))

; --- The R-pentomino: five cells that are busy for 1103 generations ---------------------------

(define r-pentomino (parse '(".oo"
                             "oo."
                             ".o.")))

; Populations of the generations 0 to n, the last first.
(define (populations n cells out)
  (let ((out (cons (count cells) out)))
    (if (= n 0) out (populations (- n 1) (next-generation cells) out))))

(define history (reverse (populations 100 r-pentomino nil)))
(println "R-pentomino, population of each tenth generation:"
         (map (lambda (n) (nth history n)) (range 0 101 10)))
(println "largest so far:" (apply max history))
(println "generation 20:")
(show (generation 20 r-pentomino) -6 -5 9 9)

; --- A blinker and a block -----------------------------------------------------------------

(define blinker (parse '("ooo")))
(define block (parse '("oo" "oo")))
(println "period of the blinker is two:" (equal? (generation 2 blinker) blinker)
         "and not one:" (not (equal? (generation 1 blinker) blinker)))
(println "the block stays:" (equal? (generation 1 block) block))
