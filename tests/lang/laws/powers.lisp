; expt, sqrt, exp and log.
(random-seed 6)

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

(println (if (and
  (for-all "sum of exponents" 150 (lambda () (list (random-exact) (random 12) (random 12)))
    (lambda (x m n) (eq (expt x (+ m n)) (* (expt x m) (expt x n)))))
  (for-all "product of exponents" 150 (lambda () (list (random-exact) (random 6) (random 6)))
    (lambda (x m n) (eq (expt x (* m n)) (expt (expt x m) n))))
  (for-all "negative exponent" 150 (lambda () (list (random-exact) (random 12)))
    (lambda (x n) (or (= x 0) (eq (expt x (- n)) (/ (expt x n))))))
  (for-all "product of bases" 150 (lambda () (list (random-exact) (random-exact) (random 12)))
    (lambda (x y n) (eq (expt (* x y) n) (* (expt x n) (expt y n)))))
  (for-all "repeated multiplication" 150 (lambda () (list (random-exact) (random 30)))
    (lambda (x n) (eq (expt x n) (reduce (lambda (p i) (* p x)) 1 (range n)))))
  (for-all "powers of two and shifts" 150 (lambda () (list (random 300)))
    (lambda (n) (eq (expt 2 n) (arithmetic-shift 1 n))))
  (for-all "root of a square" 300 (lambda () (list (random-exact)))
    (lambda (x) (eq (sqrt (* x x)) (abs x))))
  (for-all "float root" 300 (lambda () (list (+ 0.001 (random 1000000))))
    (lambda (x) (let ((r (sqrt x))) (< (abs (- (* r r) x)) (* x 1e-15)))))
  (for-all "exp and log" 300 (lambda () (list (- (* 100 (random)) 50)))
    (lambda (x) (< (abs (- (log (exp x)) x)) 1e-12))))
  'ok 'failed)) ; expect: ok
