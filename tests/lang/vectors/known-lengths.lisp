; Vectors whose lengths are known when the program is compiled: tests of indices that are left out, and those that are not.
(define (try-it thunk) (try (thunk) (catch (e) (error-message e))))

(define (sum-to v n)
  (let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (+ s (vector-ref v i))))))
(println (sum-to (make-vector 4 2) 4)) ; expect: 8
(println (try-it (lambda () (sum-to (make-vector 4 2) 5)))) ; expect: vector-ref: index 4 out of bounds for length 4

(define (sum-down v i) (if (< i 0) 0 (+ (vector-ref v i) (sum-down v (- i 1)))))
(println (sum-down (vector 1 2 3) 2)) ; expect: 6
(println (try-it (lambda () (sum-down (vector 1 2 3) 3)))) ; expect: vector-ref: index 3 out of bounds for length 3

; One loop for vectors of several lengths, and one whose vector becomes another one on the way.
(define (first-items v k) (if (= k 3) '() (cons (vector-ref v k) (first-items v (+ k 1)))))
(println (first-items (vector 1 2 3 4 5) 0) (first-items (make-vector 3 'x) 0)) ; expect: (1 2 3) (x x x)
(println (try-it (lambda () (first-items (vector 1 2) 0)))) ; expect: vector-ref: index 2 out of bounds for length 2

(define (change v k)
  (cond ((= k 0) (vector-ref v 5))
        ((= k 3) (change (subvector v 0 5) (- k 1)))
        (t (change (vector-set v k k) (- k 1)))))
(println (change (make-vector 6 1) 2)) ; expect: 1
(println (try-it (lambda () (change (make-vector 6 1) 4)))) ; expect: vector-ref: index 5 out of bounds for length 5

(define (longer v k) (if (= k 0) (vector-ref v 7) (longer (vector-append v v) (- k 1))))
(println (longer (vector 1 2) 2) (try-it (lambda () (longer (vector 1 2) 1)))) ; expect: 2 vector-ref: index 7 out of bounds for length 4

; Lengths that are computed.
(define (made n) (vector-length (make-vector n 0.5)))
(println (map made (list 0 1 7))) ; expect: (0 1 7)
(define (numbers from to) (vector-length (list->vector (range from to))))
(println (numbers 2 9) (numbers 9 2) (numbers -3 3)) ; expect: 7 0 6
(define none (make-vector 0 0))
(println (vector-length none) (try-it (lambda () (vector-ref none 0)))) ; expect: 0 vector-ref: index 0 out of bounds for length 0
(println (vector-length (list->vector (range -5))) (vector-length (vector)) (vector-length <<1 2 3>>)) ; expect: 0 0 3

; An index that is an item.
(define (follow v i k) (if (= k 0) i (follow v (vector-ref v i) (- k 1))))
(println (follow (list->vector (range 10)) 3 5) (follow (vector 1 2 0) 0 4)) ; expect: 3 1
(println (try-it (lambda () (follow (vector 1 2 3) 0 4)))) ; expect: vector-ref: index 3 out of bounds for length 3
(println (try-it (lambda () (follow (vector 1 -1 3) 0 4)))) ; expect: vector-ref: index -1 out of bounds for length 3

(define board (make-vector 9 nil))
(define (place b i) (if (> i 8) b (place (vector-set b i t) (+ i 4))))
(println (place board 0)) ; expect: <<t nil nil nil t nil nil nil t>>
(define (place-all b i) (if (> i 9) b (place-all (vector-set b i t) (+ i 3)))) ; expect error: vector-set: index 9 out of bounds for length 9
(place-all board 0)
