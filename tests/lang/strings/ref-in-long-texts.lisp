; Indices far into a text whose characters have one, two, three and four bytes.
(define (repeat s n) (if (= n 1) s (string-append (repeat s (- n 1)) s)))
(define text (repeat "aé€😀" 1000))
(define (check i) (if (= i 4000) 'ok (if (string=? (string-ref text i) (string-ref "aé€😀" (modulo i 4))) (check (+ i 1)) i)))
(println (check 0)) ; expect: ok
(println (substring text 2001 2005) (substring text 3998)) ; expect: é€😀a €😀
