; range, map, filter, reduce over lists of a million numbers, thirty times.
(define (odd? n) (= (remainder n 2) 1))

(define (work k)
  (reduce + 0 (filter odd? (map (lambda (x) (+ (* 3 x) 1)) (range k (+ 1000000 k))))))

(println (do ((k 0 (+ k 1))
              (total 0 (+ total (work k))))
             ((= k 30) total)))
