; What loops count beside a counter that ends them, up to the largest integers and beyond.
(define (count from to start step) (let loop ((i from) (k start)) (if (= i to) k (loop (+ i 1) (+ k step)))))
(println (count 0 1000 0 1) (count 9223372036854775800 9223372036854775807 9223372036854775800 1)) ; expect: 1000 9223372036854775807
(define (near) (let loop ((i 9223372036854775800) (k 9223372036854775800)) (if (= i 9223372036854775807) k (loop (+ i 1) (+ k 1)))))
(define (beyond) (let loop ((i 9223372036854775800) (k 9223372036854775801)) (if (= i 9223372036854775807) k (loop (+ i 1) (+ k 1)))))
(define (twice) (let loop ((i 0) (k 9223372036854775800)) (if (= i 7) k (loop (+ i 1) (+ k 2)))))
(define (below) (let loop ((i 5) (k -9223372036854775806)) (if (< i 0) k (loop (- i 1) (- k 1)))))
(println (near) (beyond) (twice) (below)) ; expect: 9223372036854775807 9223372036854775808 9223372036854775814 -9223372036854775812
(define (sometimes n) (let loop ((i 0) (a 9223372036854775805) (b 0)) (if (= i n) (list a b) (if (= 0 (remainder i 3)) (loop (+ i 1) (+ a 1) b) (loop (+ i 1) a (- b 65536))))))
(println (sometimes 3) (sometimes 10)) ; expect: (9223372036854775806 -131072) (9223372036854775809 -393216)
; The counter that is tested stays now and then, so there may be more turns than it has values.
(define (waits n) (let loop ((i 0) (k 0) (wait 5)) (if (= i n) k (if (> wait 0) (loop i (+ k 4611686018427387904) (- wait 1)) (loop (+ i 1) (+ k 1) 5)))))
(println (waits 2)) ; expect: 46116860184273879042
; A counter that turns back, and one that is compared with what is counted.
(define (bounce n) (let loop ((i 0) (k 0) (turned nil)) (if (and turned (= i 0)) k (if (or turned (= i n)) (loop (- i 1) (+ k 3) t) (loop (+ i 1) (+ k 3) nil)))))
(println (bounce 10) (let loop ((i 0) (k 100)) (if (>= i k) (list i k) (loop (+ i 2) (+ k 1))))) ; expect: 60 (200 200)
(println (let loop ((i 0) (k 9223372036854775700)) (if (> i 200) k (loop (+ i 1) (if (= 0 (remainder i 2)) (+ k 1) k))))) ; expect: 9223372036854775801
(println (let loop ((i 0.5) (k 0)) (if (> i 3) k (loop (+ i 1) (+ k 1))))) ; expect: 3
(println (let loop ((i 9223372036854775806) (k 0)) (if (> i 9223372036854775809) k (loop (+ i 1) (+ k 1))))) ; expect: 4
