; Vectors of mixed items keep the types of their items apart, those of the first eight in another place than the others.
(define (item i)
  (case (remainder i 5)
    ((0) i)
    ((1) (list i))
    ((2) (* 1.5 i))
    ((3) nil)
    (else (number->string i))))

(define (all? right? items) (or (nil? items) (and (right? (car items)) (all? right? (cdr items)))))

(define (mixed n) (list->vector (map item (range n))))

(define (is-right? v) (equal? (vector->list v) (map item (range (vector-length v)))))

(println (all? (lambda (n) (is-right? (mixed n))) (range 40))) ; expect: t

; by pushing at the end, while an older version is held
(define (push-all n)
  (let loop ((i 0) (v <<>>) (kept nil))
    (if (= i n)
        (and (is-right? v) (all? is-right? kept))
        (loop (+ i 1) (%conj v (item i)) (if (= (remainder i 3) 0) (cons v kept) kept)))))
(println (push-all 50)) ; expect: t

; by changes in place and of copies
(define (fill v i n) (if (= i n) v (fill (vector-set v i (item i)) (+ i 1) n)))
(println (all? (lambda (n) (is-right? (fill (make-vector n :none) 0 n))) (range 30))) ; expect: t
(define old (mixed 20))
(println (vector-ref (vector-set old 7 'x) 7) (vector-ref (vector-set old 8 'y) 8) (is-right? old)) ; expect: x y t

; pieces and wholes
(println (all? (lambda (n) (is-right? (vector-append (subvector old 0 n) (subvector old n 20)))) (range 21))) ; expect: t
(println (subvector old 6 11)) ; expect: <<(6) 10.5 nil "9" 10>>

; literals
(define literal '<<0 1.5 a "b" (c) nil t 7 8.5 "nine" ten (11)>>)
(println literal) ; expect: <<0 1.5 a "b" (c) nil t 7 8.5 "nine" ten (11)>>
(println (vector-ref literal 7) (vector-ref literal 8) (vector-set literal 11 <<literal>>)) ; expect: 7 8.5 <<0 1.5 a "b" (c) nil t 7 8.5 "nine" ten <<<<0 1.5 a "b" (c) nil t 7 8.5 "nine" ten (11)>>>>>>

; numbers of several types in order
(println (vector-sort (list->vector (map (lambda (i) (if (= (remainder i 2) 0) (- i) (/ i 2))) (range 19))))) ; expect: <<-18 -16 -14 -12 -10 -8 -6 -4 -2 0 1/2 3/2 5/2 7/2 9/2 11/2 13/2 15/2 17/2>>
