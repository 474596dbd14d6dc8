; vector-map may put its results where it read the elements, which no program can tell.
(define (halves v) (vector-map (lambda (x) (* 0.5 x)) v))
(define (count-to n) (list->vector (range 1 (+ n 1))))

; The argument is still needed: by the caller, in a list, in another vector, as a literal.
(define kept (vector 2.0 4.0 6.0))
(println (halves kept) kept)                  ; expect: <<1.0 2.0 3.0>> <<2.0 4.0 6.0>>
(let* ((v (make-vector 3 8.0)) (both (list v v)))
  (println (halves v) (halves (car both)) both)) ; expect: <<4.0 4.0 4.0>> <<4.0 4.0 4.0>> (<<8.0 8.0 8.0>> <<8.0 8.0 8.0>>)
(println (halves (halves (make-vector 2 4.0)))) ; expect: <<1.0 1.0>>
(define (literal) (halves <<1.0 3.0>>))
(literal)
(println (literal))                           ; expect: <<0.5 1.5>>

; The function reads the vector itself, at places before and behind the element.
(define (differences v)
  (vector-map (lambda (i) (- (vector-ref v i) (vector-ref v (- 4 i)))) (list->vector (range 5))))
(println (differences (count-to 5)))          ; expect: <<-4 -2 0 2 4>>
(define (around v)
  (vector-map (lambda (x) (+ x (vector-ref v 0) (vector-ref v 2))) v))
(println (around (make-vector 3 1.5)))        ; expect: <<4.5 4.5 4.5>>

; Results are stored otherwise than the elements, all or some.
(println (vector-map (lambda (n) (* 1.0 n)) (count-to 3)))   ; expect: <<1.0 2.0 3.0>>
(println (vector-map (lambda (n) (if (= n 2) 2.5 n)) (count-to 3))) ; expect: <<1 2.5 3>>
(println (vector-map (lambda (n) (* n 4611686018427387904)) (count-to 3))) ; expect: <<4611686018427387904 9223372036854775808 13835058055282163712>>
(println (vector-map (lambda (x) (> x 1.0)) (vector 0.5 1.5)))  ; expect: <<nil t>>
(println (vector-map not (make-vector 3 nil)))               ; expect: <<t t t>>
(println (vector-map number->string (count-to 3)))           ; expect: <<"1" "2" "3">>
(println (vector-map string-length (vector "a" "bb" "")))    ; expect: <<1 2 0>>
(println (vector-map (lambda (s) (string-append s s)) (vector "a" "bb"))) ; expect: <<"aa" "bbbb">>

; Records: shared ones stay what they are.
(define (moved ps) (vector-map (lambda (p) (vector-set p 0 (+ 1.0 (vector-ref p 0)))) ps))
(define (points n) (vector-map (lambda (i) (vector (* 1.0 i) 0.5)) (list->vector (range n))))
(println (moved (moved (points 3))))          ; expect: <<<<2.0 0.5>> <<3.0 0.5>> <<4.0 0.5>>>>
(let* ((p (vector 7.0 8.0)) (ps (make-vector 3 p)))
  (println (moved ps) ps p))                  ; expect: <<<<8.0 8.0>> <<8.0 8.0>> <<8.0 8.0>>>> <<<<7.0 8.0>> <<7.0 8.0>> <<7.0 8.0>>>> <<7.0 8.0>>
(println (moved (make-vector 2 (vector 7.0 8.0)))) ; expect: <<<<8.0 8.0>> <<8.0 8.0>>>>
(define (all-the-first ps) (let ((p (vector-ref ps 0))) (vector-map (lambda (q) p) ps)))
(println (all-the-first (points 3)))          ; expect: <<<<0.0 0.5>> <<0.0 0.5>> <<0.0 0.5>>>>

; Two vectors: the same one twice, the shorter one first or second, either still needed.
(define (sum v w) (vector-map (lambda (x y) (+ x y)) v w))
(println (sum kept kept) kept)                ; expect: <<4.0 8.0 12.0>> <<2.0 4.0 6.0>>
(println (sum kept (halves (make-vector 5 1.0)))) ; expect: <<2.5 4.5 6.5>>
(println (sum (halves (make-vector 5 1.0)) kept)) ; expect: <<2.5 4.5 6.5>>
(println (sum (make-vector 4 0.25) (make-vector 2 0.5)) (sum (make-vector 2 0.25) (make-vector 4 0.5))) ; expect: <<0.75 0.75>> <<0.75 0.75>>
(println (sum (make-vector 0 0.25) (make-vector 4 0.5)) (sum (make-vector 4 0.25) (make-vector 0 0.5))) ; expect: <<>> <<>>
(let* ((v (make-vector 3 0.5)) (w (sum (make-vector 4 0.25) v)) (u (sum v w)))
  (println v w u kept))                       ; expect: <<0.5 0.5 0.5>> <<0.75 0.75 0.75>> <<1.25 1.25 1.25>> <<2.0 4.0 6.0>>
(println (vector-map (lambda (a b) (cons a b)) (vector "a" "b" "c") (vector 'x 'y))) ; expect: <<("a" . x) ("b" . y)>>
(println (vector-length (vector-map (lambda (a b) (if (eq a 'x) b a)) (vector 'x 'y 'z) (vector 'u 'v)))) ; expect: 2

; None at all; persistent ones.
(println (halves (make-vector 0 1.0)) (moved (vector))) ; expect: <<>> <<>>
(define (sum-of-any v w) (vector-map + v w))
(println (halves #pvec[1.0 3.0]) (sum-of-any #pvec[1.0 3.0] (make-vector 3 0.5)) (sum-of-any (make-vector 3 0.5) #pvec[1.0 3.0])) ; expect: <<0.5 1.5>> <<1.5 3.5>> <<1.5 3.5>>

; An error in the middle: what was there is as before.
(define (positive x) (if (> x 0.0) (* 2.0 x) (error "not positive" x)))
(define mixed (vector 1.0 2.0 -1.0))
(println (try (vector-map positive mixed) (catch (e) (error-message e))) mixed) ; expect: not positive <<1.0 2.0 -1.0>>
(println (try (vector-map positive (vector-map (lambda (x) (- x 1.5)) mixed)) (catch (e) (error-message e)))) ; expect: not positive

; The function calls the loop again.
(define (nested n v) (if (= n 0) v (vector-map (lambda (x) (+ x (vector-ref (nested (- n 1) v) 0))) v)))
(println (nested 3 (vector 1.0 2.0)))         ; expect: <<4.0 5.0>>

; Many turns, in a loop that holds the vector alone.
(define (turns n v) (if (= n 0) v (turns (- n 1) (sum (halves v) (vector-map (lambda (x) (/ x 4.0)) v)))))
(println (turns 3 (make-vector 3 64.0)))      ; expect: <<27.0 27.0 27.0>>
