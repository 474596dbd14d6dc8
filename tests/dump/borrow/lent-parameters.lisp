; Only read, also part by part: stays the caller's.  What is put into a cell or given back is owned.  As a value the
; function has a wrapper, which owns its operands.
; options: -fno-fuse -fno-inline -fno-higher_order -fno-specialize -fno-accumulate -fno-unfold -fno-types
(define (sum xs total) (if (nil? xs) total (sum (cdr xs) (+ total (car xs)))))
(define (size tree) (if (nil? tree) 0 (+ 1 (size (car tree)) (size (cdr tree)))))
(define (copy xs) (if (nil? xs) nil (cons (car xs) (copy (cdr xs)))))
(define (main) (let ((xs (list 1 2 3))) (list (sum xs 0) (size xs) (copy xs))))
(main)
(map size (list nil))
; Nobody keeps what is passed here, so the cells are freed while the list is read.
(define (all-of xs) (if (nil? xs) t (if (car xs) (all-of (cdr xs)) nil)))
(all-of (copy (list 1 2)))
