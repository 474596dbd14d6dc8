; Functions on lists that call functions.
;
; Whatever %seq takes will do for a list: each function first makes its operands lists with %%elements, which gives a
; list back as it is.  Results are collected in front and reversed at the end, which is done in place, so nothing
; recurses on the length.  An element is taken out of its list before it is passed on: when nobody else holds the list,
; the function that gets the element is its only owner and may change it in place.

;: (map f xs ys...)
(define (map f xs . more)
  "List of the values of f for the first elements, the second ones and so on; ends with the shortest operand."
  (%%check_function "map" f)
  (let ((xs (%%elements "map" xs)))
    (cond ((nil? more) (map-one f xs nil))
          ((nil? (cdr more)) (map-two f xs (%%elements "map" (car more)) nil))
          (t (map-many f (cons xs (elements-of-each "map" more nil)) nil)))))

(define (map-one f xs out)
  (if (nil? xs)
      (reverse out)
      (let* ((x (car xs)) (xs (cdr xs)))
        (map-one f xs (cons (f x) out)))))

(define (map-two f xs ys out)
  (if (or (nil? xs) (nil? ys))
      (reverse out)
      (let* ((x (car xs)) (xs (cdr xs)) (y (car ys)) (ys (cdr ys)))
        (map-two f xs ys (cons (f x y) out)))))

(define (map-many f lists out)
  (let ((heads (heads-of lists nil)))
    (if (nil? heads)
        (reverse out)
        (map-many f (tails-of lists nil) (cons (apply f heads) out)))))

; The first elements of all lists; nil when one of them is empty.
(define (heads-of lists out)
  (cond ((nil? lists) (reverse out))
        ((nil? (car lists)) nil)
        (t (heads-of (cdr lists) (cons (car (car lists)) out)))))

(define (tails-of lists out)
  (if (nil? lists)
      (reverse out)
      (tails-of (cdr lists) (cons (cdr (car lists)) out))))

(define (elements-of-each who operands out)
  (if (nil? operands)
      (reverse out)
      (elements-of-each who (cdr operands) (cons (%%elements who (car operands)) out))))

;: (filter ? xs)
(define (filter test xs)
  "List of the elements for which the function gives a true value."
  (%%check_function "filter" test)
  (filter-into test (%%elements "filter" xs) nil))

(define (filter-into test xs out)
  (if (nil? xs)
      (reverse out)
      (let* ((x (car xs)) (xs (cdr xs)))
        (filter-into test xs (if (test x) (cons x out) out)))))

;: (for-each f xs ys...)
(define (for-each f xs . more)
  "Calls f with the first elements, the second ones and so on, for its effects; nil.  Ends with the shortest operand."
  (%%check_function "for-each" f)
  (let ((xs (%%elements "for-each" xs)))
    (if (nil? more)
        (for-each-one f xs)
        (for-each-many f (cons xs (elements-of-each "for-each" more nil))))))

(define (for-each-one f xs)
  (unless (nil? xs)
    (let* ((x (car xs)) (xs (cdr xs)))
      (f x)
      (for-each-one f xs))))

(define (for-each-many f lists)
  (let ((heads (heads-of lists nil)))
    (unless (nil? heads)
      (apply f heads)
      (for-each-many f (tails-of lists nil)))))

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
