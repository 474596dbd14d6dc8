; Order of exact numbers and floats by their exact value.
(random-seed 2)

; True if the law holds for n random samples (lists of operands); prints the first that it does not hold for.
(define (for-all name n make law)
  (let loop ((i 0))
    (if (= i n)
        t
        (let* ((sample (make)) (held (try (apply law sample) (catch (e) (println (error-message e)) nil))))
          (if held (loop (+ i 1)) (println name "does not hold for" sample))))))

; Small ones, ones around the limits of 64 bits and large ones.
(define (random-integer)
  (let ((small (- (random 41) 20)))
    (case (random 4)
      ((0) small)
      ((1) (+ small (* (- (random 3) 1) (expt 2 63))))
      ((2) (- (random 4294967296) 2147483648))
      (else (* (- (* 2 (random 2)) 1) (random (expt 2 (+ 1 (random 200)))))))))

(define (random-exact)
  (if (= 0 (random 2)) (random-integer) (/ (random-integer) (+ 1 (random (expt 2 (+ 1 (random 80))))))))

; Of all magnitudes, whole ones too.
(define (random-float)
  (case (random 3)
    ((0) (* (- (random) 0.5) (expt 2.0 (- (random 2040) 1020))))
    ((1) (* (- (random) 0.5) 1000))
    (else (inexact (- (random 2000001) 1000000)))))

(define (random-number) (if (= 0 (random 3)) (random-float) (random-exact)))

(println (if (and
  (for-all "trichotomy" 300 (lambda () (list (random-number) (random-number) (random-number)))
    (lambda (x y z) (= 1 (length (filter (lambda (held) held) (list (< x y) (= x y) (> x y)))))))
  (for-all "opposites" 300 (lambda () (list (random-number) (random-number) (random-number)))
    (lambda (x y z) (and (eq (< x y) (> y x)) (eq (<= x y) (not (> x y))) (eq (>= x y) (not (< x y))))))
  (for-all "as exact numbers" 300 (lambda () (list (random-number) (random-number) (random-number)))
    (lambda (x y z) (and (eq (< x y) (< (exact x) (exact y))) (eq (= x y) (= (exact x) (exact y))))))
  (for-all "transitive" 300 (lambda () (list (random-number) (random-number) (random-number)))
    (lambda (x y z) (let ((sorted (sort (list x y z)))) (apply <= sorted))))
  (for-all "min and max" 300 (lambda () (list (random-number) (random-number) (random-number)))
    (lambda (x y z)
      (and (<= (min x y z) x (max x y z))
           (<= (min x y z) y (max x y z))
           (member (min x y z) (list x y z))
           (member (max x y z) (list x y z))
           (= (- (max x y z)) (min (- x) (- y) (- z))))))
  (for-all "difference of exact ones" 300 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (and (eq (< x y) (< (- x y) 0)) (eq (= x y) (eq x y)))))
  (for-all "neighbours of a float" 300 (lambda () (list (random-float)))
    (lambda (x)
      (and (= x (exact x))
           (< x (+ (exact x) 1/1000000000000000000000000000))
           (> x (- (exact x) 1/1000000000000000000000000000))))))
  'ok 'failed)) ; expect: ok
