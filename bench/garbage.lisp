; An expression of fifty cells is built, looked at and thrown away; two million times.
(define (inner i n) (if (= n 0) nil (cons (+ i n) (inner i (- n 1)))))

(define (outer i n) (if (= n 0) nil (cons (inner (+ i n) 4) (outer i (- n 1)))))

(define (sum-inner list acc) (if (nil? list) acc (sum-inner (cdr list) (+ acc (car list)))))

(define (sum list acc) (if (nil? list) acc (sum (cdr list) (sum-inner (car list) acc))))

(println (do ((i 0 (+ i 1))
              (total 0 (+ total (sum (outer i 10) 0))))
             ((= i 2000000) total)))
