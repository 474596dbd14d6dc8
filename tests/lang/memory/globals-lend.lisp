; Globals lend their values: parts of them are read, kept, changed; one is used too early.
(define m (vector (vector 1 2 3) (vector "a" 'b 2.5) '(1 2)))
(define xs (list 1 2 3 4))
(define (at i j) (vector-ref (vector-ref m i) j))
(define (row i) (let ((r (vector-ref m (+ i 0)))) (list (vector-ref r 0) (vector-length r) r)))
(define (late) (vector-ref later (+ 1 1)))
(define (mem x) (member x xs))
(println (at 0 1) (at 1 0) (row 0) (row 1) (mem 2) (car xs) (cdr (cdr xs))) ; expect: 2 a (1 3 <<1 2 3>>) ("a" 3 <<"a" b 2.5>>) (2 3 4) 1 (3 4)
(println (try (late) (catch (e) (error-message e)))) ; expect: unbound variable: later
(println (try (vector-ref later (car 5)) (catch (e) (error-message e)))) ; expect: unbound variable: later
(println (try (vector-ref later (+ 1 'x)) (catch (e) (error-message e)))) ; expect: unbound variable: later
(define later (vector 1 2 3))
(println (late) (let ((r (vector-ref m 0))) (vector-set r 0 9)) m) ; expect: 3 <<9 2 3>> <<<<1 2 3>> <<"a" b 2.5>> (1 2)>>
(define (up i) (if (= i 3) m (let ((r (vector-ref m 0))) (do ((k 0 (+ k 1)) (r r (vector-set r k k))) ((= k 2) (if (= i 2) r (up (+ i 1))))))))
(println (up 0) m) ; expect: <<0 1 3>> <<<<1 2 3>> <<"a" b 2.5>> (1 2)>>
