; Laws of + - * / on integers of any size and ratios.
(random-seed 1)

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
  (for-all "addition commutes" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (eq (+ x y) (+ y x))))
  (for-all "addition is associative" 200 (lambda () (list (random-exact) (random-exact) (random-exact)))
    (lambda (x y z) (eq (+ x (+ y z)) (+ (+ x y) z))))
  (for-all "multiplication commutes" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (eq (* x y) (* y x))))
  (for-all "multiplication is associative" 200 (lambda () (list (random-exact) (random-exact) (random-exact)))
    (lambda (x y z) (eq (* x (* y z)) (* (* x y) z))))
  (for-all "distribution" 200 (lambda () (list (random-exact) (random-exact) (random-exact)))
    (lambda (x y z) (eq (* x (+ y z)) (+ (* x y) (* x z)))))
  (for-all "subtraction undoes addition" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (and (eq (- (+ x y) y) x) (eq (+ (- x y) y) x) (eq (- x y) (- (- y x))))))
  (for-all "division undoes multiplication" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (or (= y 0) (and (eq (/ (* x y) y) x) (eq (* (/ x y) y) x) (eq (/ x y) (* x (/ y)))))))
  (for-all "neutral elements" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (and (eq (+ x 0) x) (eq (* x 1) x) (eq (* x 0) 0) (eq (- x x) 0) (or (= y 0) (eq (/ y y) 1)))))
  (for-all "several operands fold left" 200 (lambda () (list (random-exact) (random-exact) (random-exact)))
    (lambda (x y z) (and (eq (+ x y z) (+ (+ x y) z)) (eq (- x y z) (- (- x y) z)) (eq (* x y z) (* (* x y) z)))))
  (for-all "lowest terms" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y)
      (let ((q (+ x y)))
        (and (= 1 (gcd (numerator q) (denominator q)))
             (> (denominator q) 0)
             (eq q (/ (numerator q) (denominator q)))))))
  (for-all "absolute value" 200 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y)
      (and (eq (abs (* x y)) (* (abs x) (abs y)))
           (<= (abs (+ x y)) (+ (abs x) (abs y)))
           (eq (abs x) (max x (- x)))))))
  'ok 'failed)) ; expect: ok
