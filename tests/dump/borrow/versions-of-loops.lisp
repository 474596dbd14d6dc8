; A function that calls itself and is a value: who keeps what it passes enters a version that goes on in a copy, which is lent that.  Parts
; of what is kept have names, so that they can be lent.
; options: -fno-inline -fno-unfold -fno-specialize -fno-higher_order
(define (before? a b) (cond ((nil? a) t) ((nil? b) nil) ((= (car a) (car b)) (before? (cdr a) (cdr b))) (t (< (car a) (car b)))))
(define (collect a b acc) (if (nil? a) acc (collect (cdr a) b (cons (car a) (cons b acc)))))
(define (insert f x l) (cond ((nil? l) (list x)) ((f x (car l)) (cons x l)) (t (cons (car l) (insert f x (cdr l))))))
(define tests (list before? (lambda (a b) nil)))
(println (insert (car tests) (list 1 2) (list (list 1) (list 2))))
(println ((car (list collect list)) (list 1 2) 3 nil))
