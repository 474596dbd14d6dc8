;; What is in stock: items of a name, a count and a price.
(module stock (export item item-name value-of most-valuable))
(import money :only (cents))

(define (item name count whole part) (list name count (cents whole part)))
(define (item-name i) (car i))
(define (value i) (* (car (cdr i)) (car (cdr (cdr i)))))

(define (value-of items) (reduce + 0 (map value items)))

(define (most-valuable items)
  (reduce (lambda (best i) (if (> (value i) (value best)) i best)) items))
