; Closures as objects and streams, macros as new control structures.

; --- Objects: a closure that answers messages; updating gives a new one -----------------------
(define (account balance)
  (lambda (message . operands)
    (case message
      ((balance) balance)
      ((deposit) (account (+ balance (car operands))))
      ((withdraw) (if (> (car operands) balance) 'insufficient-funds (account (- balance (car operands))))))))
(define mine (account 100))
(println "after a deposit:" ((mine 'deposit 50) 'balance) "before it:" (mine 'balance))
(println "too much:" (mine 'withdraw 1000))

; --- Infinite streams: the tail is a closure that is called when it is needed -------------------
(defmacro stream (head tail) `(cons ,head (lambda () ,tail)))
(define (stream-tail s) ((cdr s)))
(define (take n s) (if (= n 0) nil (cons (car s) (take (- n 1) (stream-tail s)))))
(define (integers n) (stream n (integers (+ n 1))))
(define (stream-filter test s)
  (if (test (car s))
      (stream (car s) (stream-filter test (stream-tail s)))
      (stream-filter test (stream-tail s))))
(define (sieve s)
  (let ((p (car s)))
    (stream p (sieve (stream-filter (lambda (n) (not (= (remainder n p) 0))) (stream-tail s))))))
(println "primes:" (take 20 (sieve (integers 2))))

; --- Church numerals -----------------------------------------------------------------------------
(define (church n) (lambda (f) (lambda (x) (if (= n 0) x (f (((church (- n 1)) f) x))))))
(define (church-times a b) (lambda (f) (a (b f))))
(println "6 * 7 =" (((church-times (church 6) (church 7)) (lambda (n) (+ n 1))) 0))

; --- Macros: a loop, an anaphoric if, a pipeline, a local function with a fresh name ---------------
(defmacro for (spec . body)
  (let ((name (car spec)) (from (car (cdr spec))) (to (car (cdr (cdr spec)))) (loop (gensym "loop")))
    `(let ,loop ((,name ,from))
       (when (< ,name ,to) ,@body (,loop (+ ,name 1))))))
(for (i 0 3) (for (j 0 2) (print "" (list i j))))
(println)

(defmacro if-it (test then else) `(let ((it ,test)) (if it ,then ,else)))
(println (if-it (cdr '(1 2 3)) (list 'tail it) 'nothing))

(defmacro -> (x . steps)
  (cond ((nil? steps) x)
        ((cons? (car steps)) `(-> (,(car (car steps)) ,x ,@(cdr (car steps))) ,@(cdr steps)))
        (t `(-> (,(car steps) ,x) ,@(cdr steps)))))
(println (-> 5 (+ 3) (* 10) list (append '(done))))
(println (macroexpand-1 '(-> 5 (+ 3) list)))

; --- A macro that computes at compile time: a table of squares as a literal -------------------------
(define (squares n) (if (= n 0) nil (append (squares (- n 1)) (list (* n n)))))
(defmacro squares-literal (n) `(quote ,(squares n)))
(println (squares-literal 10))
