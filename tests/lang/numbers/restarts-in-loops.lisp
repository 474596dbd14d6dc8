; Sums of loops that overflow: the turn begins anew where nothing was done before, and goes on from there where something was.
(define (grow i a b) (if (= i 0) (list a b) (grow (- i 1) (+ a b) (if (< a b) (+ b a) (+ a 1)))))
(println (grow 95 1 1) (grow 100 3037000500 -7))
; expect: (135301852344706746048 83621143489848422977) (2151562080159258958186448753575 1329738494443847808556468757893)
(define (bump v i n k) (if (= i n) v (bump (vector-set v i (+ k (vector-ref v i))) (+ i 1) n k)))
(define (bumps v times k) (if (= times 0) v (bumps (bump v 0 (vector-length v) k) (- times 1) (* k 3))))
(println (bumps (vector 1 -2 9223372036854775800) 3 5))
; expect: <<66 63 9223372036854775865>>
(println (bumps (vector 1 -2 3) 45 5))
; expect: <<7385781766377084246606 7385781766377084246603 7385781766377084246608>>
; the vector was changed before the sum
(define (both v i s) (if (= i (vector-length v)) (list v s) (let ((w (vector-set v i (* 2 (vector-ref v i))))) (both w (+ i 1) (+ s (vector-ref w i))))))
(println (both (vector 1 2 4611686018427387903 3) 0 0) (both (vector 4611686018427387903 4611686018427387904 1) 0 5))
; expect: (<<2 4 9223372036854775806 6>> 9223372036854775818) (<<9223372036854775806 9223372036854775808 2>> 18446744073709551621)
; it is somebody else's, too
(define (kept v) (let ((r (both v 0 9223372036854775807))) (list v r)))
(println (kept (vector 1 2 3)))
; expect: (<<1 2 3>> (<<2 4 6>> 9223372036854775819))
; something was printed before
(define (told i s) (if (= i 0) s (let ((x (println i))) (told (- i 1) (+ s s)))))
(println (told 2 4611686018427387904))
; expect: 2
(define (told-after i s) (if (= i 0) s (let ((d (+ s s))) (println i d) (told-after (- i 1) d))))
(println (told-after 3 2305843009213693952))
; expect: 1
; a list is held meanwhile
(define (held i s xs) (if (= i 0) (list s xs) (let* ((ys (cons s xs)) (z (* s 3))) (held (- i 1) z ys))))
(println (held 4 1152921504606846976 nil))
; expect: 18446744073709551616
(define (strings i s text) (if (= i 0) (list s text) (let ((more (string-append text (number->string s) " "))) (strings (- i 1) (- s (* 2 i) 4611686018427387904) more))))
(println (strings 4 1 ""))
; expect: 3 4611686018427387904
; shifts and products
(define (shifted i n) (if (= i 0) n (shifted (- i 1) (arithmetic-shift n (remainder i 5)))))
(println (shifted 30 3) (shifted 40 -5))
; expect: 2 9223372036854775808
(define (factors i n) (if (= i 1) n (factors (- i 1) (* n i))))
(println (factors 25 1) (factors 20 1) (factors 21 -1))
; expect: 1 18446744073709551616
; errors are those of the turn
(define (fails v i s) (if (= i 5) s (fails v (+ i 1) (+ s (vector-ref v i) (vector-ref v (+ i 1))))))
(println (try (fails (vector 9223372036854775807 1 2) 0 1) (catch (e) (error-message e))))
; expect: 18446744073709551616
(define (typed v i s) (if (= i 3) s (typed v (+ i 1) (+ s (* (vector-ref v i) (vector-ref v i))))))
(println (typed (vector 3037000500 3037000499 1) 0 0) (try (typed (vector 3037000500 'a 1) 0 0) (catch (e) (error-message e))))
; expect: (93386641873154605056 (31128880624384868352 10376293541461622784 3458764513820540928 1152921504606846976))
; loops inside of loops
(define (rows i n total) (if (= i n) total (rows (+ i 1) n (let cols ((j 0) (s total)) (if (= j n) s (cols (+ j 1) (+ s (* i j 1152921504606846976))))))))
(println (rows 0 4 0) (rows 0 2 9223372036854775807))
; expect: (-18446744073709551635 "1 -4611686018427387911 -9223372036854775821 -13835058055282163729 ")
(define (lev a b)
  (let ((n (string-length a)) (m (string-length b)))
    (let rows ((i 0) (row (list->vector (range (+ m 1)))))
      (if (= i n) (vector-ref row m)
        (let cols ((j 0) (diag i) (left (+ i 9223372036854775805)) (row (vector-set row 0 (+ i 1))))
          (if (= j m) (rows (+ i 1) row)
            (let* ((up (vector-ref row (+ j 1))) (cost (if (string=? (string-ref a i) (string-ref b j)) diag (+ diag 1)))
                   (best (min (max cost left) (+ up 1) (+ left 1))))
              (cols (+ j 1) up best (vector-set row (+ j 1) best)))))))))
(println (lev "kitten" "sitting") (lev "abc" ""))
; expect: 3458764513820540928 -6044629098073145873530880
(define (mean xs n s) (if xs (mean (cdr xs) (+ n 1) (+ s (car xs))) (quotient s n)))
(println (mean '(9223372036854775807 9223372036854775807 -3) 0 0))
; expect: 15511210043330985984000000 2432902008176640000 -51090942171709440000
; expect: vector-ref: index 3 out of bounds for length 3
; expect: 18446744067926499002 *: expected a number, got a
; expect: 41505174165846491136 10376293541461622783
; expect: 7 3
; expect: 6148914691236517203
