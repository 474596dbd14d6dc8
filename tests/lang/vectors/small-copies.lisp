; Vectors of numbers that somebody else holds are copied by the first change: all short lengths, full ones and those with room.
(define (sum v)
  (do ((i 0 (+ i 1)) (s 0 (+ s (vector-ref v i)))) ((= i (vector-length v)) s)))

(define (double-all v)
  (let loop ((i 0) (v v))
    (if (= i (vector-length v))
        v
        (loop (+ i 1) (vector-set v i (* 2 (vector-ref v i)))))))

(define (check v) ; the old version is still what it was
  (let ((before (sum v)))
    (let ((changed (double-all v)))
      (= (sum v) before (- (sum changed) before)))))

(define (all-lengths make n)
  (let loop ((n n))
    (cond ((< n 0) t)
          ((check (make n)) (loop (- n 1)))
          (t n))))

(println (all-lengths (lambda (n) (list->vector (range n))) 130)) ; expect: t
(println (all-lengths (lambda (n) (list->vector (map (lambda (i) (+ i 0.5)) (range n)))) 130)) ; expect: t
(println (all-lengths (lambda (n) (reduce (lambda (v i) (vector-append v (vector i))) (vector) (range n))) 130)) ; expect: t
(println (all-lengths (lambda (n) (reduce (lambda (v i) (vector-append v (vector (+ i 0.5)))) (vector 1.5 2.0 3.0) (range n))) 70)) ; expect: t

; A literal is everybody's.
(define (literal) (vector-set <<1 2 3>> 1 5))
(println (literal) (literal)) ; expect: <<1 5 3>> <<1 5 3>>

; An item of another type, and a number that is none of the vector's.
(define v (vector 1 2 3 4 5))
(println (vector-set v 2 'x) (vector-set v 2 nil) (vector-set v 2 2.5) v) ; expect: <<1 2 x 4 5>> <<1 2 nil 4 5>> <<1 2 2.5 4 5>> <<1 2 3 4 5>>
(define w (vector 1.0 2.0))
(println (vector-set w 1 7) (vector-set w 1 t) (vector-set w 0 -0.0) w) ; expect: <<1.0 7>> <<1.0 t>> <<-0.0 2.0>> <<1.0 2.0>>
(define flags (make-vector 3 nil))
(println (vector-set flags 1 t) (vector-set flags 1 1) flags) ; expect: <<nil t nil>> <<nil 1 nil>> <<nil nil nil>>
(define values (vector 'a nil t))
(println (vector-set values 1 t) (vector-set values 0 nil) values) ; expect: <<a t t>> <<nil nil t>> <<a nil t>>
(define p #pvec[1 2 3])
(println (vector-set p 0 9) (vector-set p 0 1.5) p) ; expect: #pvec[9 2 3] #pvec[1.5 2 3] #pvec[1 2 3]
