; floor, ceiling, truncate and round of exact numbers and of floats.
(random-seed 4)

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

(println (if (and
  (for-all "floor and ceiling" 300 (lambda () (list (random-exact)))
    (lambda (x) (and (<= (floor x) x) (< x (+ (floor x) 1)) (eq (ceiling x) (- (floor (- x)))))))
  (for-all "truncate" 300 (lambda () (list (random-exact)))
    (lambda (x) (eq (truncate x) (if (< x 0) (ceiling x) (floor x)))))
  (for-all "round is nearest" 300 (lambda () (list (random-exact)))
    (lambda (x) (and (<= (abs (- x (round x))) 1/2) (eq (round (- x)) (- (round x))))))
  (for-all "round halves to even" 300 (lambda () (list (random-integer)))
    (lambda (n) (let ((r (round (+ n 1/2)))) (and (eq (modulo r 2) 0) (eq (abs (- r (+ n 1/2))) 1/2)))))
  (for-all "floats as exact numbers" 300 (lambda () (list (random-float)))
    (lambda (x)
      (and (float? (floor x))
           (eq (exact (floor x)) (floor (exact x)))
           (eq (exact (ceiling x)) (ceiling (exact x)))
           (eq (exact (truncate x)) (truncate (exact x)))
           (eq (exact (round x)) (round (exact x)))))))
  'ok 'failed)) ; expect: ok
