; gcd and lcm.
(random-seed 5)

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

(define (random-divisor)
  (let ((n (random-integer))) (if (= n 0) (random-divisor) n)))

(println (if (and
  (for-all "gcd divides" 300 (lambda () (list (random-integer) (random-divisor)))
    (lambda (a b)
      (let ((g (gcd a b)))
        (and (> g 0) (eq 0 (remainder a g)) (eq 0 (remainder b g)) (eq 1 (gcd (quotient a g) (quotient b g)))))))
  (for-all "gcd and lcm" 300 (lambda () (list (random-integer) (random-divisor)))
    (lambda (a b) (eq (* (gcd a b) (lcm a b)) (abs (* a b)))))
  (for-all "commutative, associative" 300 (lambda () (list (random-integer) (random-integer) (random-integer)))
    (lambda (a b c)
      (and (eq (gcd a b) (gcd b a))
           (eq (gcd a (gcd b c)) (gcd (gcd a b) c))
           (eq (gcd a b c) (gcd (gcd a b) c))
           (eq (lcm a b) (lcm b a))
           (eq (lcm a (lcm b c)) (lcm a b c)))))
  (for-all "common factor" 300 (lambda () (list (random-integer) (random-integer) (random-integer)))
    (lambda (a b c) (eq (gcd (* a c) (* b c)) (* (abs c) (gcd a b)))))
  (for-all "Euclid" 300 (lambda () (list (random-integer) (random-divisor)))
    (lambda (a b) (eq (gcd a b) (gcd b (modulo a b)))))
  (for-all "lcm is a multiple" 300 (lambda () (list (random-divisor) (random-divisor)))
    (lambda (a b) (let ((m (lcm a b))) (and (eq 0 (remainder m a)) (eq 0 (remainder m b)))))))
  'ok 'failed)) ; expect: ok
