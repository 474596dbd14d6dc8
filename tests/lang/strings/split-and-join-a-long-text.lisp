; A million pieces, apart and together again.
(define (build i s) (if (= i 0) s (build (- i 1) (string-append s ",é"))))
(define text (build 1000000 "x"))
(define pieces (string-split text ","))
(println (length pieces) (string=? (string-join pieces ",") text)) ; expect: 1000001 t
(println (string-length (string-replace text "," "--")) (length (string->list text))) ; expect: 3000001 2000001
