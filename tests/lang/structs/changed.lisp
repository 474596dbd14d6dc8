; Fields that are changed: in place when nobody else has the record, else in a copy; what was there before is dropped.
(define (make name n below) (vector name n below nil))
(define (rename r name) (vector-set r 0 name))
(define (add r n) (vector-set r 1 (+ (vector-ref r 1) n)))
(define (name r) (vector-ref r 0))
(define (count r) (vector-ref r 1))
(define (chain i r) (if (= i 0) r (chain (- i 1) (make (number->string i) i r))))
(define (sum r acc) (if r (sum (vector-ref r 2) (+ acc (count r))) acc))
(let* ((a (chain 5 nil)) (b (rename a "new")) (c (add b 100)) (d (vector-set c 2 (add (vector-ref c 2) 1000))))
  (println (name a) (count a) (sum a 0) (name b) (sum b 0) (sum c 0) (sum d 0)))
; expect: 1 1 15 new 15 115 1115
(define (count-to r i) (if (= i 0) r (count-to (add r i) (- i 1))))
(println (count (count-to (make "x" 0 nil) 1000)))
; expect: 500500
; The number outgrows a word, an error keeps what was there.
(define (double r i) (if (= i 0) r (double (vector-set r 1 (* 2 (vector-ref r 1))) (- i 1))))
(println (count (double (make "y" 1 nil) 70)))
; expect: 1180591620717411303424
(define (spoil r) (try (vector-set r 1 (+ (vector-ref r 1) (error "no"))) (catch (e) r)))
(println (count (spoil (make "z" 3 nil))))
; expect: 3
(define (at-nil r) (vector-set (vector-ref r 2) 1 5))
(println (try (count (at-nil (make "n" 1 nil))) (catch (e) (error-message e))) (count (at-nil (make "n" 1 (make "m" 2 nil)))))
; expect: vector-set: expected a vector, got nil 5
; A field is a flag or a state.
(define (visit r) (if (vector-ref r 3) (vector-set r 3 nil) (vector-set r 3 t)))
(define (visits r i) (if (= i 0) (vector-ref r 3) (visits (visit r) (- i 1))))
(println (visits (make "v" 0 nil) 7) (visits (make "v" 0 nil) 8))
; expect: t nil

; A tree whose leaves are numbers or texts, and branches records.
(define (branch l r) (vector l r))
(define (grow d) (if (= d 0) 1 (branch (grow (- d 1)) (if (= (remainder d 2) 0) "leaf" (grow (- d 1))))))
(define (weigh x) (cond ((vector? x) (+ (weigh (vector-ref x 0)) (weigh (vector-ref x 1)))) ((string? x) 10) (t x)))
(println (weigh (grow 10)))
; expect: 342
(define (only-texts x) (if (string? x) nil (if (number? x) x (or (only-texts (vector-ref x 0)) (only-texts (vector-ref x 1))))))
(println (only-texts (grow 3)) (only-texts (branch "a" (branch "b" "c"))))
; expect: 1 nil

; Closures hold records.
(define (counter r) (lambda (k) (+ k (count r) (if (vector-ref r 2) (count (vector-ref r 2)) 0))))
(define (apply-all fs k acc) (if fs (apply-all (cdr fs) k (+ acc ((car fs) k))) acc))
(define (counters i fs) (if (= i 0) fs (counters (- i 1) (cons (counter (make "c" i (make "d" 1 nil))) fs))))
(println (apply-all (counters 100 nil) 3 0))
; expect: 5450
