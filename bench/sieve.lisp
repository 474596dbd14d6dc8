; The primes up to 10,000,000, five times: a large vector changed in place.
(define (cross-out v i n)
  (do ((j (* i i) (+ j i))
       (v v (vector-set v j nil)))
      ((> j n) v)))

(define (count-primes n)
  (let loop ((i 2) (v (make-vector (+ n 1) t)) (count 0))
    (cond ((> i n) count)
          ((vector-ref v i) (loop (+ i 1) (cross-out v i n) (+ count 1)))
          (t (loop (+ i 1) v count)))))

(println (reduce + 0 (map (lambda (k) (count-primes (- 10000000 k))) (range 5))))
