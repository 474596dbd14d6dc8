; equal? of composites inside of composites, in every place of a list and of a vector; long and deep ones need no stack.
(define (twice f) (equal? (f) (f)))
(define (make x) (lambda () (list (list x (list x)) <<1 2>> (cons (vector x (list x) {x (vector x)}) x) (list) #{'(1)} "s" (vector) (list (list (list x))))))
(println (map (lambda (x) (twice (make x))) (list 1 1.5 "text" 'a nil <<>> '(1 . 2) 1/3 100000000000000000000))) ; expect: (t t t t t t t t t)
(println (map (lambda (x) (equal? ((make x)) ((make 2)))) (list 1 2.0 "text" 2 3))) ; expect: (nil nil nil t nil)
(define (differs-at i) (equal? (map (lambda (k) (list k (vector k (list k)))) (range 10)) (map (lambda (k) (list k <<k (list (if (= k i) 'x k))>>)) (range 10))))
(println (map differs-at (range 11))) ; expect: (nil nil nil nil nil nil nil nil nil nil t)
(println (equal? '((1) 2 . 3) '((1) 2 . 3)) (equal? '((1) 2 . 3) '((1) 2 . 4)) (equal? '((1) 2) '((1) . 2)) (equal? '(((1))) '(((2)))) (equal? '(<<1>> . <<2>>) '(<<1>> . <<2>>)) (equal? '(<<1>> . <<2>>) '(<<1>> . <<3>>))) ; expect: t nil nil nil t nil
(define (deep n x) (do ((i 0 (+ i 1)) (x x (list x))) ((= i n) x)))
(define (deeper n x) (do ((i 0 (+ i 1)) (x x (vector i x))) ((= i n) x)))
(define (left n x) (do ((i 0 (+ i 1)) (x x (cons x 'end))) ((= i n) x)))
(println (equal? (deep 100000 1) (deep 100000 1)) (equal? (deep 100000 1) (deep 100000 2)) (equal? (deeper 100000 1) (deeper 100000 1)) (equal? (deeper 100000 1) (deeper 100000 2)) (equal? (left 100000 1) (left 100000 1)) (equal? (left 100000 1) (left 100000 2))) ; expect: t nil t nil t nil
(println (equal? (map list (range 100000)) (map list (range 100000))) (equal? (map vector (range 100000)) (map vector (range 100000))) (equal? (map vector (range 100000)) (append (map vector (range 99999)) '(<<1>>)))) ; expect: t t nil
(define nan (- (/ 1.0 0) (/ 1.0 0)))
(println (equal? nan nan) (equal? (list nan) (list nan)) (let ((x (list nan))) (equal? x x)) (equal? '(0.0) '(-0.0)) (equal? (list 1) (list 1.0)) (equal? (list car) (list car)) (equal? (list "") (list ""))) ; expect: nil nil t t nil t t
