; Loops that change a vector somebody else may hold, at first, always, or again later.
(define (fill v i x) (if (= i (vector-length v)) v (fill (vector-set v i x) (+ i 1) x)))
(define shared (vector 1 2 3))
(println (fill shared 0 9) shared) ; expect: <<9 9 9>> <<1 2 3>>
(println (fill (vector 1 2 3) 1 'x)) ; expect: <<1 x x>>
; Not changed at all: the same vector comes back.
(println (fill shared 3 0) shared) ; expect: <<1 2 3>> <<1 2 3>>

; Each turn's vector is kept: no turn may change it.
(define (trail v i out) (if (= i 3) (reverse out) (trail (vector-set v i 0) (+ i 1) (cons v out))))
(println (trail shared 0 nil)) ; expect: (<<1 2 3>> <<0 2 3>> <<0 0 3>>)
(println (trail (vector 4 5 6) 0 nil)) ; expect: (<<4 5 6>> <<0 5 6>> <<0 0 6>>)

; Every second turn's is kept: unique vectors and shared ones take turns.
(define (some v i out)
  (if (= i 4)
      (cons v out)
      (some (vector-set v i 'n) (+ i 1) (if (= (remainder i 2) 0) (cons v out) out))))
(println (reverse (some (vector 0 1 2 3) 0 nil))) ; expect: (<<0 1 2 3>> <<n n 2 3>> <<n n n n>>)

; Two vectors, one of them shared; then both the same one.
(define (exchange a b i)
  (if (= i 3)
      (list a b)
      (exchange (vector-set a i (vector-ref b i)) (vector-set b i (vector-ref a i)) (+ i 1))))
(println (exchange (vector 1 2 3) shared 0) shared) ; expect: (<<1 2 3>> <<1 2 3>>) <<1 2 3>>
(println (exchange (vector 'a 'b 'c) shared 0) shared) ; expect: (<<1 2 3>> <<a b c>>) <<1 2 3>>
(println (exchange shared shared 0)) ; expect: (<<1 2 3>> <<1 2 3>>)
(let ((v (vector 7 8 9))) (println (exchange v v 0))) ; expect: (<<7 8 9>> <<7 8 9>>)

; A loop within a loop; rows that are shared with another matrix.
(define (set-row m i row) (vector-set m i row))
(define (clear m i) (if (= i (vector-length m)) m (clear (set-row m i (fill (vector-ref m i) 0 0)) (+ i 1))))
(define matrix (vector (vector 1 2) (vector 3 4)))
(println (clear matrix 0) matrix) ; expect: <<<<0 0>> <<0 0>>>> <<<<1 2>> <<3 4>>>>
(println (clear (vector (vector 1 2) (vector-ref matrix 1)) 0) matrix) ; expect: <<<<0 0>> <<0 0>>>> <<<<1 2>> <<3 4>>>>

; An error in the middle: what was changed belongs to nobody, what is shared is as it was.
(define (halve v i) (if (= i 3) v (halve (vector-set v i (/ 6 (vector-ref v i))) (+ i 1))))
(define bad (vector 1 0 2))
(println (try (halve bad 0) (catch (e) (error-message e))) bad) ; expect: division by zero <<1 0 2>>
(println (try (halve (vector 2 3 0) 0) (catch (e) (error-message e)))) ; expect: division by zero
(println (try (fill-too-far (vector 1) 0) (catch (e) 'none))) ; expect: none
(define (fill-too-far v i) (fill-too-far (vector-set v i 0) (+ i 1)))
(println (try (fill-too-far (vector 1 2) 0) (catch (e) (error-message e)))) ; expect: vector-set: index 2 out of bounds for length 2
