; quotient, remainder and modulo, with one another and with / and floor.
(random-seed 3)

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
  (for-all "quotient and remainder" 400 (lambda () (list (random-integer) (random-divisor)))
    (lambda (n k) (eq n (+ (* k (quotient n k)) (remainder n k)))))
  (for-all "sizes and signs" 400 (lambda () (list (random-integer) (random-divisor)))
    (lambda (n k)
      (let ((r (remainder n k)) (m (modulo n k)))
        (and (< (abs r) (abs k)) (< (abs m) (abs k)) (>= (* r n) 0) (>= (* m k) 0)))))
  (for-all "truncated and floored" 400 (lambda () (list (random-integer) (random-divisor)))
    (lambda (n k) (and (eq (quotient n k) (truncate (/ n k))) (eq (modulo n k) (- n (* k (floor (/ n k))))))))
  (for-all "modulo is a congruence" 400 (lambda () (list (random-integer) (random-integer) (random-divisor)))
    (lambda (a b k)
      (and (eq (modulo (+ a b) k) (modulo (+ (modulo a k) (modulo b k)) k))
           (eq (modulo (* a b) k) (modulo (* (modulo a k) (modulo b k)) k)))))
  (for-all "exact multiples" 400 (lambda () (list (random-integer) (random-divisor)))
    (lambda (n k) (and (eq (quotient (* n k) k) n) (eq (remainder (* n k) k) 0) (eq (modulo (* n k) k) 0)))))
  'ok 'failed)) ; expect: ok
