; Functions on lists that call functions.
;
; Whatever %seq takes will do for a list: each function first makes its operands lists with %%elements, which gives a
; list back as it is.  What gives a list is tail recursive below a cons, a loop (pass trmc) that need not walk back over
; its result.  An element is taken out of its list before it is passed on: when nobody else holds the list,
; the function that gets the element is its only owner and may change it in place.

;: (map f xs ys...)
(define (map f xs . more)
  "List of the values of f for the first elements, the second ones and so on; ends with the shortest operand."
  (%%check_function "map" f)
  (let ((xs (%%elements "map" xs)))
    (cond ((nil? more) (map-one f xs))
          ((nil? (cdr more)) (map-two f xs (%%elements "map" (car more))))
          (t (map-many f (cons xs (elements-of-each "map" more)))))))

(define (map-one f xs)
  (if (nil? xs)
      nil
      (let* ((x (car xs)) (xs (cdr xs)))
        (cons (f x) (map-one f xs)))))

(define (map-two f xs ys)
  (if (or (nil? xs) (nil? ys))
      nil
      (let* ((x (car xs)) (xs (cdr xs)) (y (car ys)) (ys (cdr ys)))
        (cons (f x y) (map-two f xs ys)))))

(define (map-many f lists)
  (let ((heads (heads-of lists nil)))
    (if (nil? heads)
        nil
        (cons (apply f heads) (map-many f (tails-of lists))))))

; The first elements of all lists; nil when one of them is empty.
(define (heads-of lists out)
  (cond ((nil? lists) (reverse out))
        ((nil? (car lists)) nil)
        (t (heads-of (cdr lists) (cons (car (car lists)) out)))))

(define (tails-of lists)
  (if (nil? lists)
      nil
      (cons (cdr (car lists)) (tails-of (cdr lists)))))

(define (elements-of-each who operands)
  (if (nil? operands)
      nil
      (cons (%%elements who (car operands)) (elements-of-each who (cdr operands)))))

;: (filter ? xs)
(define (filter test xs)
  "List of the elements for which the function gives a true value."
  (%%check_function "filter" test)
  (filter-list test (%%elements "filter" xs)))

(define (filter-list test xs)
  (if (nil? xs)
      nil
      (let* ((x (car xs)) (xs (cdr xs)))
        (if (test x)
            (cons x (filter-list test xs))
            (filter-list test xs)))))

;: (for-each f xs ys...)
(define (for-each f xs . more)
  "Calls f with the first elements, the second ones and so on, for its effects; nil.  Ends with the shortest operand."
  (%%check_function "for-each" f)
  (let ((xs (%%elements "for-each" xs)))
    (if (nil? more)
        (for-each-one f xs)
        (for-each-many f (cons xs (elements-of-each "for-each" more))))))

(define (for-each-one f xs)
  (unless (nil? xs)
    (let* ((x (car xs)) (xs (cdr xs)))
      (f x)
      (for-each-one f xs))))

(define (for-each-many f lists)
  (let ((heads (heads-of lists nil)))
    (unless (nil? heads)
      (apply f heads)
      (for-each-many f (tails-of lists)))))

;: (reduce f init xs), (reduce f xs)
(define (reduce f init . more)
  "Combines the elements from left to right: (f acc x), beginning with init, gives the next acc; the last one is the
   result.  A result of f wrapped by reduced ends the reduction.  Without init it begins with the first element; (f)
   if there is none."
  (%%check_count "reduce" 2 3 more)
  (%%check_function "reduce" f)
  (if (nil? more)
      (reduce-from-first f (%%elements "reduce" init))
      (fold-list f init (%%elements "reduce" (car more)))))

(define (reduce-from-first f xs)
  (if (nil? xs)
      (f)
      (let* ((x (car xs)) (xs (cdr xs)))
        (fold-list f x xs))))

(define (fold-list f acc xs)
  (if (nil? xs)
      acc
      (let* ((x (car xs)) (xs (cdr xs)) (acc (f acc x)))
        (if (%reduced? acc)
            (%unreduced acc)
            (fold-list f acc xs)))))
