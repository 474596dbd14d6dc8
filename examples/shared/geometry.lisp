; A library for C programs, written in Lisp:
;   consairc build -shared examples/shared/geometry.lisp -o libgeometry.so
; makes libgeometry.so and libgeometry.h; use.c uses them.

(define (area points)
  (let loop ((rest points) (sum 0))
    (if (nil? (cdr rest))
        (/ (abs sum) 2)
        (let ((a (car rest)) (b (car (cdr rest))))
          (loop (cdr rest) (+ sum (- (* (car a) (cdr b)) (* (car b) (cdr a)))))))))

(define (triangle-area x1 y1 x2 y2 x3 y3)
  (let ((first (cons x1 y1)))
    (area (list first (cons x2 y2) (cons x3 y3) first))))

(define (factorial n) (if (< n 2) 1 (* n (factorial (- n 1)))))
(define (describe name sides)
  (cond ((< sides 3) (error "no polygon" name sides))
        (t (format "~a has ~d sides" name sides))))
(define (decimal-digits n) (number->string (factorial n)))

(define (even-sides? n) (= 0 (remainder n 2)))

(foreign-export
  (triangle-area (double double double double double double) double)
  (factorial (int) int64)
  (describe (string int) string)
  ((decimal-digits "factorial_digits") (uint8) owned-string)
  ((even-sides? "even_sides") (int) bool))
