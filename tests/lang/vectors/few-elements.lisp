; Loops over few elements are written out where their number is known: nobody can tell.
(define (plus a b) (vector-map + a b))
(define (times k a) (vector-map (lambda (x) (* k x)) a))
(define (walk n a) (if (= n 0) a (walk (- n 1) (plus a (times 1/2 a)))))
(println (walk 3 (vector 8 16.0 1/3))) ; expect: <<27 54.0 9/8>>
(println (walk 2 <<4>>) (walk 1 (vector)) (walk 80 (vector 1048576))) ; expect: <<9>> <<>> <<147808829414345923316083210206383297601/1152921504606846976>>

; the shorter one counts, also the empty one; effects come one by one, each before the next element
(define (both a b) (vector-map (lambda (x y) (print x y "") (list x y)) a b))
(println (both (vector 1 2 3) (vector 'a 'b))) ; expect: 1 a 2 b <<(1 a) (2 b)>>
(println (both (vector 1 2) (vector))) ; expect: <<>>
(define (upto n v) (vector-map (lambda (x) (print x) (if (= x n) (error "stop" x) x)) v))
(println (try (upto 2 (vector 1 2 3)) (catch (e) (error-data e)))) ; expect: 12(2)
(println (try (plus (vector 1 2) (vector 1 'b)) (catch (e) (error-message e)))) ; expect: +: expected a number, got b
(println (try (plus (vector 1 2) 5) (catch (e) (error-message e)))) ; expect: vector-map: expected a vector, got 5

; the vector that was read stays what it is; truth values, and elements of several types, are elements like others
(let* ((v (vector 1.0 2.0 3.0)) (w (vector-map (lambda (x) (> x 1.5)) v)) (u (vector-map (lambda (x) (if (> x 1.5) 'yes x)) v)))
  (println v w u (vector-set w 0 5) w)) ; expect: <<1.0 2.0 3.0>> <<nil t t>> <<1.0 yes yes>> <<5 t t>> <<nil t t>>

; loops of the program's own: a start that is not 0, an end that is a number, elements changed one after the other, an early end
(define (sums v) (do ((i 1 (+ i 1)) (v v (vector-set v i (+ (vector-ref v i) (vector-ref v (- i 1)))))) ((= i 3) v)))
(let ((v (vector 1 2 3))) (println (sums v) v)) ; expect: <<1 3 6>> <<1 2 3>>
(define (place-of x v i n) (if (= i n) nil (if (equal? (vector-ref v i) x) i (place-of x v (+ i 1) n))))
(let ((v (vector 'a 'b 'c))) (println (place-of 'b v 0 3) (place-of 'z v 0 3) (place-of 'a v 1 (vector-length v)) (place-of 'a v 3 3))) ; expect: 1 nil nil nil
(println (try (place-of 'z (vector 1 2) 0 4) (catch (e) (error-message e)))) ; expect: vector-ref: index 2 out of bounds for length 2
(define (fact i n acc) (if (= i n) acc (fact (+ i 1) n (* acc (+ i 1)))))
(println (fact 0 5 1) (fact 0 8 9007199254740993) (fact 2 30 1)) ; expect: 120 363170273951156837760 132626429906095529318154240000000

; loops in loops, and functions made in them
(define (outer m) (vector-map (lambda (row) (vector-map (lambda (x) (* x (vector-length row))) row)) m))
(println (outer (vector (vector 1 2) (vector 3 4) (vector 5)))) ; expect: <<<<2 4>> <<6 8>> <<5>>>>
(define (adders v) (vector-map (lambda (x) (lambda (y) (+ x y))) v))
(println (vector-map (lambda (f) (f 10)) (adders (vector 1 2 3)))) ; expect: <<11 12 13>>
(println (vector-fold + 0 (vector-map * (vector 1 2 3) (vector 4 5 6)))) ; expect: 32
(println (vector-fold (lambda (acc x) (if (= x 2) (reduced acc) (+ acc x))) 0 (vector 1 2 3))) ; expect: 1

; one function for vectors of several lengths, and for strangers
(define (scaled v) (vector-map (lambda (x) (* 2 x)) v))
(println (scaled (vector 1 2)) (scaled (vector 1 2 3)) (map scaled (list (vector 4) (vector)))) ; expect: <<2 4>> <<2 4 6>> (<<8>> <<>>)

; a loop that is copied for one call and stays for another; folds; the place of an error in a library function that was written out
(define (count-up i n acc) (if (= i n) acc (count-up (+ i 1) n (cons (- n i) acc))))
(println (count-up 0 2 nil) (count-up 0 9 nil) (count-up 0 3 '(x))) ; expect: (1 2) (1 2 3 4 5 6 7 8 9) (1 2 3 x)
(println (vector-fold (lambda (a b) (+ -75 a)) 5 (vector 7 -27 7 7 7)) (vector-fold list nil (vector 1 2))) ; expect: -370 ((nil 1) 2)
(println (try (vector-fold (lambda () 0) 0 (vector 0)) (catch (e) (list (error-message e) (cdr (vector->list (error-place e))))))) ; expect: ("lambda: expected 0 arguments, got 2" (46 15))
