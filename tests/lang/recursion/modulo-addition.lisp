; Recursion below an addition of exact numbers runs as a loop; what that could show is as before.
(define (upto i n) (if (> i n) nil (cons i (upto (+ i 1) n))))
(define (total xs) (if (nil? xs) 0 (+ (car xs) (total (cdr xs)))))
(define (size xs) (if (nil? xs) 0 (+ 1 (size (cdr xs)))))
(println (total (upto 1 300000)) (size (upto 1 300000))) ; expect: 45000150000 300000
(define (leaves x) (if (cons? x) (+ (leaves (car x)) (leaves (cdr x))) (if (nil? x) 0 1)))
(println (leaves '((1 (2 . 3)) 4 nil))) ; expect: 4
(define (nodes x) (if (cons? x) (+ 1 (nodes (car x)) (nodes (cdr x))) 0))
(println (nodes '((1 (2 . 3)) 4 nil))) ; expect: 6
; through every form of tail position, differences and constants
(define (walk n)
  (cond ((= n 0) 100)
        ((= n 7) (progn (print ".") (walk (- n 1))))
        ((= (remainder n 3) 0) (- (walk (- n 1)) n))
        ((= (remainder n 3) 1) (let ((m (* n n))) (+ 1 (- (+ (walk (- n 1)) m) 2) n)))
        (t (+ (if (= n 5) (walk 1) 5) (if (= n 8) 1000 (walk (- n 1))) n))))
(println (walk 6) (walk 12)) ; expect: 224 1117
(define (three n) (if (< n 3) n (- (+ (three (- n 1)) 2 (three (- n 2)) (three (- n 3))) n)))
(println (three 3) (three 9) (three 15)) ; expect: 2 15 397
(define (steps n) (if (< n 1) 0 (- (steps (- n 1)) 2)))
(println (steps 5)) ; expect: -10
; sums beyond ints, in whatever order; fractions
(define most 9223372036854775807)
(println (total (list most most (- most) (- most) 5))) ; expect: 5
(println (total (list most most most (- 0 most most most) -1))) ; expect: -1
(define (harmonic n) (if (= n 0) 0 (+ (/ 1 n) (harmonic (- n 1)))))
(println (harmonic 10)) ; expect: 7381/2520
; other numbers are added up in the order that is written
(define (sum xs) (if (nil? xs) 0 (+ (car xs) (sum (cdr xs)))))
(println (sum (list 0.1 0.2 0.3)) (sum (list 1e100 -1e100 1.0))) ; expect: 0.6 0.0
(define (backwards xs) (if (nil? xs) 0 (+ (backwards (cdr xs)) (car xs))))
(println (backwards (list 1.0 1e100 -1e100)) (backwards (list -1e100 1e100 1.0))) ; expect: 1.0 0.0
; terms are evaluated in order, and an error comes where it did
(define (noisy n) (if (= n 0) 0 (+ (progn (print n) n) (noisy (- n 1)))))
(println (noisy 3)) ; expect: 3216
(define (late n) (if (= n 0) 0 (+ (late (- n 1)) (progn (print n) n))))
(println (late 3)) ; expect: 1236
(define (wrong n x) (if (= n 0) 0 (+ x (progn (print n) (wrong (- n 1) x)))))
(println (try (wrong 3 "x") (catch (e) (error-message e)))) ; expect: 321+: expected a number, got "x"
(define (behind n x) (if (= n 0) 0 (+ (behind (- n 1) (- x 1)) x)))
(println (try (behind 3 "x") (catch (e) (error-message e)))) ; expect: -: expected a number, got "x"
(define (ends n) (if (= n 0) (error "the end" n) (+ n (ends (- n 1)))))
(println (try (ends 3) (catch (e) (error-message e)))) ; expect: the end
(define (empty n) (if (= n 0) nil (+ n (empty (- n 1)))))
(println (try (empty 3) (catch (e) (error-message e)))) ; expect: +: expected a number, got nil
; what is held meanwhile goes
(define (held n xs) (if (= n 0) (length xs) (+ (length (list n n)) (held (- n 1) (cons n xs)))))
(println (held 1000 nil)) ; expect: 3000
(println (try (held 3 4) (catch (e) (error-message e)))) ; expect: length: expected a proper list, got (1 2 3 . 4)
; a function that goes on in another one, which comes back, takes no stack for that
(define (go n) (if (= n 0) 0 (if (= (remainder n 100000) 0) (+ 1 (go (- n 1))) (back n))))
(define (back n) (go (- n 1)))
(println (go 1000000)) ; expect: 10
; as a value, with a rest parameter, and inside of another function
(println (map size (list nil '(1) '(1 2))) (apply size '((4 5)))) ; expect: (0 1 2) 2
(define (rest n . more) (if (= n 0) (length more) (+ n (rest (- n 1) 1 2))))
(println (rest 0) (rest 3 7) (apply rest '(2 4 5 6))) ; expect: 0 8 5
(define (counts xs k)
  (define (count ys) (if (nil? ys) k (+ (if (= (car ys) k) 1 0) (count (cdr ys)))))
  (cons count (count xs)))
(println (cdr (counts '(1 2 2 3 2) 2)) ((car (counts nil 3)) '(3 1 3))) ; expect: 5 5
; recursion that never ends is found too deep all the same
(define (runaway n) (if (= n 0) 0 (+ n (runaway (- n 1)))))
(define (runaway-twice n) (if (= n 0) 0 (+ (runaway-twice (- n 1)) (runaway-twice (- n 2)))))
(println (try (runaway -1) (catch (e) 'deep)) (try (runaway-twice -1) (catch (e) 'deep))) ; expect: deep deep
(println (runaway 10)) ; expect: 55
(define (runaway-mixed n) (if (< n 10) (+ 1 (runaway-mixed (- n 1))) (+ (runaway-mixed (- n 1)) (runaway-mixed (- n 2)))))
(define (mixed n) (if (< n 1) 0 (if (< n 3) (+ 1 (mixed (- n 1))) (+ n (mixed (- n 1)) (mixed (- n 2)) 1))))
(println (try (runaway-mixed 12) (catch (e) 'deep)) (mixed 12)) ; expect: deep 1026
