; Records that nobody prints or compares: each kind of field comes back as it was, at the ends of ranges, too.
(define (chain i rest)
  (vector (= (remainder i 2) 0) (- (remainder i 128)) (* 250 (remainder i 131)) (* 100000 (remainder i 20000)) (* 4611686018427387904 (- (remainder i 3) 1)) (/ i 4.0) rest))
(define (build i rest) (if (= i 0) rest (build (- i 1) (chain i rest))))
(define (count-even r n) (if r (count-even (vector-ref r 6) (if (vector-ref r 0) (+ n 1) n)) n))
(define (sum r k acc) (if r (sum (vector-ref r 6) k (+ acc (if (= k 1) (vector-ref r 1) (if (= k 2) (vector-ref r 2) (if (= k 3) (vector-ref r 3) (vector-ref r 4)))))) acc))
(define (floats r acc) (if r (floats (vector-ref r 6) (+ acc (vector-ref r 5))) acc))
(let ((r (build 1000 nil)))
  (println (count-even r 0) (sum r 1 0) (sum r 2 0) (sum r 3 0) (sum r 4 0) (floats r 0.0)))
; expect: 500 -62356 15772750 50050000000 0 125125.0

; Values of any type beside each other: texts, lists, numbers that grow beyond a word, nil now and then.
(define (item i name list n below) (vector name i list n below))
(define (items i below)
  (if (= i 0)
      below
      (items (- i 1)
             (item i (if (= (remainder i 3) 0) nil (string-append "n" (number->string i)))
                   (if (= (remainder i 2) 0) (list i (+ i 1)) nil)
                   (if (= (remainder i 5) 0) (* 9223372036854775807 i) (if (= (remainder i 7) 0) (/ i 2) i))
                   below))))
(define (names r) (if r (if (vector-ref r 0) (string-append (vector-ref r 0) (names (vector-ref r 4))) (names (vector-ref r 4))) ""))
(define (lists r acc) (if r (lists (vector-ref r 4) (append (vector-ref r 2) acc)) acc))
(define (numbers r acc) (if r (numbers (vector-ref r 4) (+ acc (vector-ref r 3))) acc))
(define (indices r acc) (if r (indices (vector-ref r 4) (+ acc (vector-ref r 1))) acc))
(let ((r (items 20 nil)))
  (println (names r) (lists r nil) (numbers r 0) (indices r 0)))
; expect: n1n2n4n5n7n8n10n11n13n14n16n17n19n20 (20 21 18 19 16 17 14 15 12 13 10 11 8 9 6 7 4 5 2 3) 922337203685477580999/2 210

; Always nil, always t, and a constant.
(define (mark i below) (vector nil t 7 i below))
(define (marks i below) (if (= i 0) below (marks (- i 1) (mark i below))))
(define (look r a b c) (if r (look (vector-ref r 4) (or a (vector-ref r 0)) (and b (vector-ref r 1)) (+ c (vector-ref r 2) (vector-ref r 3))) (list a b c)))
(println (look (marks 10 nil) nil t 0))
; expect: (nil t 125)
