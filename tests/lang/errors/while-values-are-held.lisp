(define (f a b) (list a b (car a))) ; expect error: car: expected a cons, got 5
(define (g x) (f x (list x x)))
(let ((kept (list 1 2 3)))
  (println (g 5) kept))
