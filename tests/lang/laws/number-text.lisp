; number->string and string->number are inverse.
(random-seed 8)

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
  (for-all "exact" 400 (lambda () (list (random-exact)))
    (lambda (x) (eq x (string->number (number->string x)))))
  (for-all "any radix" 400 (lambda () (list (random-exact) (+ 2 (random 35))))
    (lambda (x radix) (eq x (string->number (number->string x radix) radix))))
  (for-all "floats" 400 (lambda () (list (random-float)))
    (lambda (x) (let ((back (string->number (number->string x)))) (and (float? back) (= x back)))))
  (for-all "written form" 400 (lambda () (list (random-exact) (random-float)))
    (lambda (x y) (and (equal? (number->string x) (format "~s" x)) (equal? (number->string y) (format "~a" y)))))
  (for-all "a symbol of digits" 400 (lambda () (list (random-exact)))
    (lambda (x) (eq x (eval (string->number (number->string x))))))
  (for-all "digits by division" 300 (lambda () (list (abs (random-integer)) (+ 2 (random 9))))
    (lambda (n radix)
      (let loop ((rest n) (text ""))
        (let ((text (string-append (number->string (remainder rest radix)) text)))
          (if (< rest radix) (equal? text (number->string n radix)) (loop (quotient rest radix) text))))))
  (for-all "format of integers" 300 (lambda () (list (random-integer)))
    (lambda (n)
      (and (equal? (format "~d" n) (number->string n))
           (equal? (format "~x" n) (number->string n 16))
           (equal? (format "~b" n) (number->string n 2))
           (equal? (format "~o" n) (number->string n 8)))))
  (for-all "digits after the point" 300 (lambda () (list (random-exact) (random 8)))
    (lambda (x k)
      (let ((shown (string->number (string-append (format (format "~~,~df" k) x) (if (= k 0) ".0" "")))))
        (or (> (abs x) 1000000) (<= (abs (- (exact shown) x)) (+ (/ 1 2 (expt 10 k)) 1/100000000)))))))
  'ok 'failed)) ; expect: ok
