; Sudoku by constraint propagation and search, after Peter Norvig's essay "Solving Every Sudoku Puzzle".
;
; A grid is a vector of 81 integers.  Each is a set of digits, the candidates of a square: bit d is set when the digit d
; is still possible.  Two rules propagate: a square with one candidate takes it from its peers, and a digit that has one
; place left in a row, column or box goes there.  Where that is not enough we guess, in the square with the fewest
; candidates.  A wrong guess costs nothing to undo: grids are immutable, the one before the guess is still there.
; A contradiction is nil, which `and` and `reduced` pass on.

; --- The board ---------------------------------------------------------------------------

(define indices (range 9))
(define squares (range 81))
(define (row-of s) (quotient s 9))
(define (column-of s) (remainder s 9))
(define (box-of s) (+ (* 3 (quotient (row-of s) 3)) (quotient (column-of s) 3)))

(define (squares-where place-of k) (filter (lambda (s) (= (place-of s) k)) squares))
(define units
  (reduce append nil (map (lambda (place-of) (map (lambda (k) (squares-where place-of k)) indices))
                          (list row-of column-of box-of))))

; For each square the units that it is in, and the 20 other squares of these.
(define units-of (list->vector (map (lambda (s) (filter (lambda (unit) (member s unit)) units)) squares)))
(define peers-of
  (list->vector (map (lambda (s) (seq (disj (reduce conj #{} (reduce append (vector-ref units-of s))) s))) squares)))

; --- Candidates --------------------------------------------------------------------------

(define all-digits 1022)
(define (bit d) (arithmetic-shift 1 d))
(define (has? candidates d) (not (= 0 (bitwise-and candidates (bit d)))))
(define (digits candidates) (filter (lambda (d) (has? candidates d)) (range 1 10)))
(define (the-digit candidates) (car (digits candidates)))

; Folds step over xs as long as it gives a grid; nil as soon as it does not.
(define (all-of step grid xs)
  (reduce (lambda (grid x) (or (step grid x) (reduced nil))) grid xs))

; --- Propagation -------------------------------------------------------------------------

; The grid with digit d as the only candidate of square s, and all that follows; nil for a contradiction.
(define (assign grid s d)
  (all-of (lambda (grid other) (eliminate grid s other))
          grid
          (digits (bitwise-and (vector-ref grid s) (bitwise-not (bit d))))))

(define (eliminate grid s d)
  (let ((before (vector-ref grid s)))
    (if (not (has? before d))
        grid
        (let* ((left (bitwise-xor before (bit d)))
               (grid (vector-set grid s left)))
          (case (bit-count left)
            ((0) nil)
            ((1) (let* ((last (the-digit left))
                        (grid (all-of (lambda (grid peer) (eliminate grid peer last)) grid (vector-ref peers-of s))))
                   (and grid (place-digit grid s d))))
            (else (place-digit grid s d)))))))

; Digit d has lost square s: where its last place in a unit of s is, there it must be.
(define (place-digit grid s d)
  (all-of (lambda (grid unit)
            (let ((places (filter (lambda (s) (has? (vector-ref grid s) d)) unit)))
              (cond ((nil? places) nil)
                    ((nil? (cdr places)) (assign grid (car places) d))
                    (t grid))))
          grid
          (vector-ref units-of s)))

; --- Search ------------------------------------------------------------------------------

(define (search grid)
  (let ((open (filter (lambda (s) (> (bit-count (vector-ref grid s)) 1)) squares)))
    (if (nil? open)
        grid
        (let ((s (reduce (lambda (a b) (if (< (bit-count (vector-ref grid b)) (bit-count (vector-ref grid a))) b a))
                         open)))
          (reduce (lambda (none d)
                    (let* ((next (assign grid s d)) (solved (and next (search next))))
                      (if solved (reduced solved) nil)))
                  nil
                  (digits (vector-ref grid s)))))))

; --- Text --------------------------------------------------------------------------------

; Digits are givens, anything else is an open square.
(define (parse text)
  (let ((givens (map (lambda (s char) (cons s (string->number char))) squares text)))
    (all-of (lambda (grid given) (assign grid (car given) (cdr given)))
            (make-vector 81 all-digits)
            (filter cdr givens))))

(define (show-grid grid)
  (define (cell s) (number->string (the-digit (vector-ref grid s))))
  (define (three s) (string-join (map cell (range s (+ s 3))) " "))
  (define (row-text row) (string-join (map (lambda (k) (three (+ (* 9 row) k))) '(0 3 6)) " | "))
  (for-each (lambda (row)
              (println (row-text row))
              (when (member row '(2 5)) (println "------+-------+------")))
            indices))

(define (solved? grid)
  (define (complete? unit) (= all-digits (apply bitwise-ior (map (lambda (s) (vector-ref grid s)) unit))))
  (nil? (filter (lambda (unit) (not (complete? unit))) units)))

(define (solve name text)
  (let* ((start (parse text)) (solution (and start (search start))))
    (println name)
    (if solution
        (progn (show-grid solution) (println "correct:" (solved? solution)))
        (println "no solution"))))

(solve "easy" "..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3..")
(solve "hard" "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......")
(solve "impossible" "55...............................................................................")
