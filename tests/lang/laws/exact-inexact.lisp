; exact and inexact.
(random-seed 9)

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
  (for-all "every float is exact" 400 (lambda () (list (random-float)))
    (lambda (x) (eq x (inexact (exact x)))))
  (for-all "nearest float" 400 (lambda () (list (random-exact)))
    (lambda (x) (let ((f (inexact x))) (<= (abs (- x (exact f))) (* (abs x) (expt 2 -53))))))
  (for-all "order is kept" 400 (lambda () (list (random-exact) (random-exact)))
    (lambda (x y) (or (> x y) (<= (inexact x) (inexact y)))))
  (for-all "mixed sum" 400 (lambda () (list (random-exact) (random-float)))
    (lambda (x y)
      (and (eq (+ x y) (+ (inexact x) y)) (eq (* x y) (* (inexact x) y)) (eq (- x y) (- (inexact x) y)))))
  (for-all "sum is correctly rounded" 400 (lambda () (list (random-float) (random-float)))
    (lambda (x y) (eq (+ x y) (inexact (+ (exact x) (exact y)))))))
  'ok 'failed)) ; expect: ok
