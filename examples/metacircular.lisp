; A metacircular evaluator: Consair's core forms, interpreted by a Consair program.  Environments are association lists;
; globals of the interpreted program live in one such list that each top-level form may extend.

(define (second xs) (car (cdr xs)))
(define (third xs) (car (cdr (cdr xs))))
(define (map f xs) (if (nil? xs) nil (cons (f (car xs)) (map f (cdr xs)))))

(define (lookup name env globals)
  (let ((here (find name env)))
    (if here
        (cdr here)
        (let ((there (find name globals)))
          (if there (cdr there) (list 'unbound name))))))
(define (find name pairs)
  (cond ((nil? pairs) nil)
        ((eq name (car (car pairs))) (car pairs))
        (t (find name (cdr pairs)))))

(define (bind names values env)
  (if (nil? names)
      env
      (cons (cons (car names) (car values)) (bind (cdr names) (cdr values) env))))

(define (evaluate e env globals)
  (cond ((number? e) e)
        ((atom e) (if (or (nil? e) (eq e t)) e (lookup e env globals)))
        (t (case (car e)
             ((quote) (second e))
             ((if) (if (evaluate (second e) env globals)
                       (evaluate (third e) env globals)
                       (evaluate (car (cdr (cdr (cdr e)))) env globals)))
             ((lambda) (list 'closure (second e) (third e) env))
             (else (call (evaluate (car e) env globals)
                         (map (lambda (operand) (evaluate operand env globals)) (cdr e))
                         globals))))))

(define (call f operands globals)
  (if (and (cons? f) (eq (car f) 'closure))
      (evaluate (third f)
                (bind (second f) operands (car (cdr (cdr (cdr f)))))
                globals)
      (apply f operands)))

; A program is a list of (define name expression) and expressions; values of expressions are printed.
(define (run-program forms globals)
  (when (cons? forms)
    (let ((form (car forms)))
      (if (and (cons? form) (eq (car form) 'define))
          (run-program (cdr forms)
                       (cons (cons (second form) (evaluate (third form) nil globals)) globals))
          (progn
            (println form "=>" (evaluate form nil globals))
            (run-program (cdr forms) globals))))))

(define builtins
  (list (cons '+ +) (cons '- -) (cons '* *) (cons '= =) (cons '< <)
        (cons 'cons cons) (cons 'car car) (cons 'cdr cdr) (cons 'nil? nil?) (cons 'list list)))

(run-program
 '((define factorial (lambda (n) (if (= n 0) 1 (* n (factorial (- n 1))))))
   (factorial 20)
   (define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
   (fib 15)
   (define map (lambda (f xs) (if (nil? xs) nil (cons (f (car xs)) (map f (cdr xs))))))
   (map (lambda (x) (* x x)) (quote (1 2 3 4 5)))
   (define adder (lambda (n) (lambda (x) (+ x n))))
   ((adder 40) 2)
   (define even? (lambda (n) (if (= n 0) t (odd? (- n 1)))))
   (define odd? (lambda (n) (if (= n 0) nil (even? (- n 1)))))
   (list (even? 1000) (odd? 1000)))
 builtins)
