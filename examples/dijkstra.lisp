; Shortest paths in a graph of 20 000 places and 100 000 roads: Dijkstra's algorithm with a pairing heap.
;
; The heap (Fredman, Sedgewick, Sleator, Tarjan 1986) is a tree whose root is the least entry.  Merging two heaps makes
; the root with the greater key the first child of the other one; taking the least entry away merges its children in
; pairs.  Both are a few lines with immutable lists, and quick in practice.

; --- Pairing heap: nil, or a list (key value . children), where children is a list of heaps ---

(define (heap-key heap) (car heap))
(define (heap-value heap) (car (cdr heap)))
(define (heap-children heap) (cdr (cdr heap)))

(define (merge-heaps a b)
  (cond ((nil? a) b)
        ((nil? b) a)
        ((<= (heap-key a) (heap-key b)) (add-child a b))
        (t (add-child b a))))

(define (add-child heap child)
  (cons (heap-key heap) (cons (heap-value heap) (cons child (heap-children heap)))))

(define (insert heap key value) (merge-heaps heap (list key value)))

; Without the least entry: the children are merged in pairs from left to right, then the pairs from right to left.
(define (remove-least heap)
  (let loop ((heaps (heap-children heap)) (pairs nil))
    (cond ((nil? heaps) (reduce merge-heaps nil pairs))
          ((nil? (cdr heaps)) (reduce merge-heaps (car heaps) pairs))
          (t (loop (cdr (cdr heaps)) (cons (merge-heaps (car heaps) (car (cdr heaps))) pairs))))))

; Sorting with a heap tries it out.
(define (heap-sort xs)
  (let loop ((heap (reduce (lambda (heap x) (insert heap x nil)) nil xs)) (out nil))
    (if (nil? heap)
        (reverse out)
        (loop (remove-least heap) (cons (heap-key heap) out)))))
(println "heap sort:" (heap-sort '(3 1 4 1 5 9 2 6 5 3 5)))

; --- A graph: for each place a list of roads (to . length) --------------------------------------

(random-seed 1959)
(define places 20000)
(define roads 100000)

; A ring of long roads through all places makes sure that each can be reached; the others are random.
(define (add-road graph from to length)
  (vector-set graph from (cons (cons to length) (vector-ref graph from))))
(define ring
  (reduce (lambda (graph i) (add-road graph i (modulo (+ i 1) places) 1000)) (make-vector places) (range places)))
(define graph
  (reduce (lambda (graph i) (add-road graph (random places) (random places) (+ 1 (random 500))))
          ring
          (range (- roads places))))
(println "roads:" (vector-fold (lambda (n roads) (+ n (length roads))) 0 graph))

; --- Dijkstra's algorithm -------------------------------------------------------------------

; Two vectors in a pair: the distance of each place from the start and the place before it on a shortest path, nil for
; those that are not reached.  An entry of the heap is a distance with a value (place . place before).  A place may be
; in it several times, with several distances; the first one that comes out is the shortest.
(define (shortest-paths graph start)
  (let ((n (vector-length graph)))
    (visit graph (insert nil 0 (cons start nil)) (make-vector n) (make-vector n))))

(define (visit graph heap distances before)
  (if (nil? heap)
      (cons distances before)
      (let* ((distance (heap-key heap)) (place (car (heap-value heap))) (from (cdr (heap-value heap)))
             (heap (remove-least heap)))
        (if (vector-ref distances place)
            (visit graph heap distances before)
            (visit graph
                   (add-roads (vector-ref graph place) place distance distances heap)
                   (vector-set distances place distance)
                   (vector-set before place from))))))

(define (add-roads roads place distance distances heap)
  (reduce (lambda (heap road)
            (if (vector-ref distances (car road))
                heap
                (insert heap (+ distance (cdr road)) (cons (car road) place))))
          heap
          roads))

(define result (shortest-paths graph 0))
(define distances (car result))
(define before (cdr result))

(define (path-to place)
  (let loop ((place place) (path nil))
    (if (nil? place) path (loop (vector-ref before place) (cons place path)))))

(define farthest
  (reduce (lambda (a b) (if (> (vector-ref distances b) (vector-ref distances a)) b a)) (range places)))
(println "from 0 to 4711:" (vector-ref distances 4711) "by" (path-to 4711))
(println "farthest place:" farthest "at" (vector-ref distances farthest) "over" (length (path-to farthest)) "places")
(println "mean distance:" (format "~,2f" (/ (vector-fold + 0 distances) places)))

; --- Proof: no road is a short cut, and each place's distance comes from a road from the place before it ---

(define (no-short-cut? place)
  (nil? (filter (lambda (road)
                  (> (vector-ref distances (car road)) (+ (vector-ref distances place) (cdr road))))
                (vector-ref graph place))))

(define (explained? place)
  (let ((from (vector-ref before place)))
    (if (nil? from)
        (= place 0)
        (member (cons place (- (vector-ref distances place) (vector-ref distances from))) (vector-ref graph from)))))

(println "checked:" (length (filter (lambda (place) (and (no-short-cut? place) (explained? place))) (range places))))
