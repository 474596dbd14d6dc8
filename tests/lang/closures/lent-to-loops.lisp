; A function that calls itself and is a value: who keeps what it passes enters a version that is lent that.
(define (before? a b) (cond ((nil? a) t) ((nil? b) nil) ((= (car a) (car b)) (before? (cdr a) (cdr b))) (t (< (car a) (car b)))))
(define (never a b) nil)
(define (insert f x l) (cond ((nil? l) (list x)) ((f x (car l)) (cons x l)) (t (cons (car l) (insert f x (cdr l))))))
(define (sorted f l acc) (if (nil? l) acc (sorted f (cdr l) (insert f (car l) acc))))
(define (text i) (string-append "n" (number->string i)))
(define (rows n acc) (if (= n 0) acc (rows (- n 1) (cons (list (remainder (* n 7) 5) n) acc))))
(define tests (list before? never))
(println (sorted (car tests) (rows 6 nil) nil)) ; expect: ((0 5) (1 3) (2 1) (2 6) (3 4) (4 2))
(println (sorted (car (cdr tests)) (rows 3 nil) nil)) ; expect: ((2 1) (4 2) (1 3))

; What it sums up on the way is its own, what it gives back is counted.
(define (collect a b acc) (if (nil? a) acc (collect (cdr a) b (cons (car a) (cons b acc)))))
(define (last l d) (if (nil? l) d (if (nil? (cdr l)) (car l) (last (cdr l) d))))
(define (apply-all fs x y) (if (nil? fs) nil (cons ((car fs) x y) (apply-all (cdr fs) x y))))
(define xs (list 3 (text 4)))
(println (apply-all (list last cons) (list (list 1) (list 2 (text 2))) xs) xs) ; expect: ((2 "n2") (((1) (2 "n2")) 3 "n4")) (3 "n4")
(define (three fs a b c) (if (nil? fs) nil (cons ((car fs) a b c) (three (cdr fs) a b c))))
(println (three (list collect list collect) (list (text 1) (text 2)) (list 0) (list 'end))) ; expect: (("n2" (0) "n1" (0) end) (("n1" "n2") (0) (end)) ("n2" (0) "n1" (0) end))

; Captures of a closure that calls itself, and another function that it goes on in and comes back from.
(define (lexical less)
  (define (on a b) (if (nil? a) (cons? b) (if (nil? b) nil (off (car a) (car b) a b))))
  (define (off x y a b) (if (less x y) t (if (less y x) nil (on (cdr a) (cdr b)))))
  on)
(define (all f l) (or (nil? (cdr l)) (and (f (car l) (car (cdr l))) (all f (cdr l)))))
(println (all (lexical <) (list (list 1 2) (list 1 2 3) (list 1 3))) (all (lexical >) (list (list 2 1) (list 2 2)))) ; expect: t nil
(println (all (lexical (lexical <)) (list (list (list 1 2) (list 3)) (list (list 1 2) (list 4))))) ; expect: t

; A vector that it changes is copied as long as others hold it, and only then.
(define (fill v i n) (if (= i n) v (fill (vector-set v i (text i)) (+ i 1) n)))
(define (count-up v i n) (if (= i n) (vector-length v) (count-up v (+ i 1) n)))
(define (both fs v) (if (nil? fs) (list v) (cons ((car fs) v 0 2) (both (cdr fs) v))))
(println (both (list fill count-up fill) (vector 1 2 3))) ; expect: (<<"n0" "n1" 3>> 3 <<"n0" "n1" 3>> <<1 2 3>>)

; Errors while it is lent something.
(define (tried f a b) (try (f a b) (catch (e) (error-message e))))
(println (map (lambda (f) (tried f xs (list 3 'x))) (list before? last))) ; expect: ("=: expected a number, got \"n4\"" "n4")
(println xs) ; expect: (3 "n4")

; Deep recursion that is no loop, and one that goes on for long and needs no stack.
(define (depth l n) (if (nil? l) 0 (+ 1 (depth (cdr l) n))))
(define (long l n) (if (= n 0) (car l) (long l (- n 1))))
(println (map (lambda (f) (f xs 300000)) (list depth long))) ; expect: (2 3)
