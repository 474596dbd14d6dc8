; Bit operations on integers of any size, as two's complement.
(random-seed 7)

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

(println (if (and
  (for-all "de Morgan" 300 (lambda () (list (random-integer) (random-integer)))
    (lambda (a b) (eq (bitwise-not (bitwise-and a b)) (bitwise-ior (bitwise-not a) (bitwise-not b)))))
  (for-all "sum" 300 (lambda () (list (random-integer) (random-integer)))
    (lambda (a b)
      (and (eq (+ a b) (+ (bitwise-ior a b) (bitwise-and a b)))
           (eq (bitwise-xor a b) (- (bitwise-ior a b) (bitwise-and a b))))))
  (for-all "xor twice" 300 (lambda () (list (random-integer) (random-integer)))
    (lambda (a b) (eq a (bitwise-xor (bitwise-xor a b) b))))
  (for-all "not is negation minus one" 300 (lambda () (list (random-integer)))
    (lambda (a) (and (eq (bitwise-not a) (- -1 a)) (eq (bitwise-not (bitwise-not a)) a))))
  (for-all "distribution" 300 (lambda () (list (random-integer) (random-integer) (random-integer)))
    (lambda (a b c) (eq (bitwise-and a (bitwise-ior b c)) (bitwise-ior (bitwise-and a b) (bitwise-and a c)))))
  (for-all "shifts" 300 (lambda () (list (random-integer) (random 150)))
    (lambda (a k)
      (and (eq (arithmetic-shift a k) (* a (expt 2 k)))
           (eq (arithmetic-shift a (- k)) (floor (/ a (expt 2 k))))
           (eq (arithmetic-shift (arithmetic-shift a k) (- k)) a))))
  (for-all "low bits" 300 (lambda () (list (random-integer) (random 150)))
    (lambda (a k) (eq (bitwise-and a (- (expt 2 k) 1)) (modulo a (expt 2 k)))))
  (for-all "bit-count" 300 (lambda () (list (random-integer)))
    (lambda (a)
      (and (eq (bit-count a) (bit-count (bitwise-not a)))
           (or (< a 0)
               (eq (bit-count a)
                   (length (filter (lambda (c) (equal? c "1")) (string->list (number->string a 2))))))))))
  'ok 'failed)) ; expect: ok
