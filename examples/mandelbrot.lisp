; The Mandelbrot set as a grey-scale picture in the PGM format, written with spit, and a small one for the terminal.
; usage: consairc run examples/mandelbrot.lisp      (writes mandelbrot.pgm into the current folder)

(define width 240)
(define height 160)
(define limit 255)

; Turns until the point leaves the circle of radius 2.
(define (escape-time cr ci)
  (let loop ((zr 0.0) (zi 0.0) (n 0))
    (let ((zr2 (* zr zr)) (zi2 (* zi zi)))
      (if (or (= n limit) (> (+ zr2 zi2) 4.0))
          n
          (loop (+ (- zr2 zi2) cr) (+ (* 2.0 zr zi) ci) (+ n 1))))))

(define (pixel col row)
  (escape-time (- (/ (* 3.0 col) width) 2.25) (- (/ (* 2.5 row) height) 1.25)))

(define (row-pixels row)
  (let loop ((col (- width 1)) (pixels nil))
    (if (< col 0) pixels (loop (- col 1) (cons (pixel col row) pixels)))))

(define (all-rows)
  (let loop ((row (- height 1)) (rows nil))
    (if (< row 0) rows (loop (- row 1) (cons (row-pixels row) rows)))))

(define (map f xs) (if (nil? xs) nil (cons (f (car xs)) (map f (cdr xs)))))

(define rows (all-rows))

; PGM "P2": a header, then the grey values as text, white outside and black inside.
(define (row-text pixels)
  (string-join (map (lambda (n) (number->string (- limit n))) pixels) " "))
(spit "mandelbrot.pgm"
      (string-append "P2\n" (number->string width) " " (number->string height) "\n"
                     (number->string limit) "\n"
                     (string-join (map row-text rows) "\n") "\n"))

; The same for the terminal: every third column and every eighth row.
(define (every n xs)
  (define (skip k xs) (if (or (= k 0) (nil? xs)) xs (skip (- k 1) (cdr xs))))
  (if (nil? xs) nil (cons (car xs) (every n (skip n xs)))))
(define (shade n) (cond ((= n limit) "#") ((> n 20) "+") ((> n 8) "-") ((> n 4) ".") (t " ")))
(define (draw rows)
  (when (cons? rows)
    (println (string-append (string-join (map shade (every 3 (car rows)))) "|"))
    (draw (cdr rows))))
(draw (every 8 rows))
