; Lists of lists, associations, texts, vectors and trees end: as a whole, and where others hold parts of them.
(define (times n f) (if (> n 0) (seq2 (f n) (lambda () (times (- n 1) f)))))
(define (seq2 a rest) (rest))
(define (alist n) (if (= n 0) nil (cons (cons n (* n n)) (alist (- n 1)))))
(define (texts n) (if (= n 0) nil (cons (cons (string-append "key" (number->string n)) (number->string n)) (texts (- n 1)))))
(define (tables n) (if (= n 0) nil (cons (range 0 n) (tables (- n 1)))))
(define (tree n) (if (= n 0) nil (cons (tree (- n 1)) (tree (- n 1)))))
(define (mixed n) (if (= n 0) 'end (cons (list n (vector n (list n)) (string-append "v" (number->string n))) (mixed (- n 1)))))
(define (dotted n) (if (= n 0) nil (cons (cons n (cons n (vector n))) (cons (cons n (number->string n)) (dotted (- n 1))))))
(define (deep-in-middle n) (if (= n 0) nil (cons (cons 1 (cons (list (list n) n) (list n))) (deep-in-middle (- n 1)))))
(define (look x l) (if (= x (car (car l))) (car l) (look x (cdr l))))
(define (sum l) (if (cons? l) (+ (sum (car l)) (sum (cdr l))) (if (number? l) l 0)))

(times 3 (lambda (n) (sum (alist 100))))
(println (sum (alist 10)) (sum (tables 10)) (sum (tree 5)) (sum (dotted 4)) (sum (deep-in-middle 4)) (sum (mixed 3)))
; expect: 440 165 0 30 34 6
(define kept (look 3 (alist 10)))
(define part (car (cdr (cdr (tables 10)))))
(define rest (cdr (cdr (mixed 5))))
(define deep (car (cdr (car (deep-in-middle 3)))))
(define text (car (car (cdr (texts 5)))))
(times 3 (lambda (n) (list (texts 20) (mixed 20) (tree 6) (dotted 20) (deep-in-middle 20))))
(println kept part rest deep text)
; expect: (3 . 9) (0 1 2 3 4 5 6 7) ((3 <<3 (3)>> "v3") (2 <<2 (2)>> "v2") (1 <<1 (1)>> "v1") . end) ((3) 3) key4
(define (env-walk n env) (if (= n 0) (sum env) (+ (env-walk (- n 1) (cons (cons n (list n n)) env)) 1)))
(println (env-walk 20 nil))
; expect: 650
(define big (tables 300))
(println (sum (map (lambda (l) (car l)) big)) (length big))
; expect: 0 300
