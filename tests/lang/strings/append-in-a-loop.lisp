; A text of a million pieces takes linear time.
(define (build i s) (if (= i 0) s (build (- i 1) (string-append s "xé"))))
(define text (build 1000000 ""))
(println (string-length text) (substring text 1999996) (string-ref text 0)) ; expect: 2000000 xéxé x
