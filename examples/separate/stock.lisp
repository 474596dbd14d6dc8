;; What is in stock: a list of (name count price) made by `stock`.
(module stock (export stock value-of most-valuable))
(import money :only (cents))

(defmacro stock entries
  `(list ,@(map (lambda (e) `(list ,(car e) ,(car (cdr e)) (cents ,@(cdr (cdr e))))) entries)))

(define (value item) (* (car (cdr item)) (car (cdr (cdr item)))))

(define (value-of items) (reduce + 0 (map value items)))

(define (most-valuable items)
  (car (reduce (lambda (best item) (if (> (value item) (value best)) item best)) (car items) (cdr items))))
