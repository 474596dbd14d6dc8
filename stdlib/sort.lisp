; Stable merge sort.  Without less? the elements must be numbers, and the runtime sorts them (runtime/sort.c).
;
; Merging two lists by pushing their elements on a third one turns the order round.  So the halves of an ascending
; result are sorted in descending order and merged from their ends, and so on alternately: no list is ever reversed for
; its own sake, and the stack is as deep as the logarithm of the length.  Where neither of two elements is less, the one
; that came first stays first.

;: (sort xs [less?])
(define (sort xs . more)
  "List of the elements in ascending order by less?, by default <; equal ones keep their order."
  (%%check_count "sort" 1 2 more)
  (if (nil? more)
      (%%sort_numbers (%%elements "sort" xs))
      (let ((less? (car more)))
        (%%check_function "sort" less?)
        (sort-list less? (%%elements "sort" xs)))))

;: (vector-sort v [less?])
(define (vector-sort v . more)
  "Vector of the elements in ascending order by less?, by default <; equal ones keep their order."
  (%%check_count "vector-sort" 1 2 more)
  (%%check_vector "vector-sort" v)
  (if (nil? more)
      (%%vector_sort_numbers v)
      (let ((less? (car more)))
        (%%check_function "vector-sort" less?)
        (%%list_to_vector (sort-list less? (%%elements "vector-sort" v))))))

(define (sort-list less? xs)
  (let ((n (length xs)))
    (if (< n 2) xs (sort-up less? xs n))))

; The first n >= 1 elements, ascending.
(define (sort-up less? xs n)
  (case n
    ((1) (list (car xs)))
    ((2) (let ((a (car xs)) (b (car (cdr xs))))
           (if (less? b a) (list b a) (list a b))))
    (else (let ((half (quotient n 2)))
            (merge-up less?
                      (sort-down less? xs half)
                      (sort-down less? (skip xs half) (- n half))
                      nil)))))

; The first n >= 1 elements, descending.
(define (sort-down less? xs n)
  (case n
    ((1) (list (car xs)))
    ((2) (let ((a (car xs)) (b (car (cdr xs))))
           (if (less? b a) (list a b) (list b a))))
    (else (let ((half (quotient n 2)))
            (merge-down less?
                        (sort-up less? xs half)
                        (sort-up less? (skip xs half) (- n half))
                        nil)))))

; Two descending lists to an ascending one; the elements of a came before those of b.
(define (merge-up less? a b out)
  (cond ((nil? a) (push-all b out))
        ((nil? b) (push-all a out))
        ((less? (car b) (car a)) (merge-up less? (cdr a) b (cons (car a) out)))
        (t (merge-up less? a (cdr b) (cons (car b) out)))))

; Two ascending lists to a descending one.
(define (merge-down less? a b out)
  (cond ((nil? a) (push-all b out))
        ((nil? b) (push-all a out))
        ((less? (car b) (car a)) (merge-down less? a (cdr b) (cons (car b) out)))
        (t (merge-down less? (cdr a) b (cons (car a) out)))))

(define (push-all xs out)
  (if (nil? xs) out (push-all (cdr xs) (cons (car xs) out))))

(define (skip xs n)
  (if (= n 0) xs (skip (cdr xs) (- n 1))))
