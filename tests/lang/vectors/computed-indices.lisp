; Changes of a vector at an index that is computed, for an item that is made of the old one: in place, and of shared vectors
(define (count s) (let loop ((i 0) (h (make-vector 26 0))) (if (= i (string-length s)) h (let ((c (char->integer (string-ref s i)))) (loop (+ i 1) (if (and (>= c 97) (<= c 122)) (vector-set h (- c 97) (+ 1 (vector-ref h (- c 97)))) h))))))
(println (count "the quick brown fox, and é"))
; expect: <<1 1 1 1 1 1 0 1 1 0 1 0 0 2 2 0 1 1 0 1 1 0 1 1 0 0>>
(define (put h k n) (vector-set h (remainder k n) (cons k (vector-ref h (remainder k n)))))
(define (table keys n) (let loop ((keys keys) (h (make-vector n nil))) (if keys (loop (cdr keys) (put h (car keys) n)) h)))
(println (table '(1 5 9 2 3 7 4) 4))
; expect: <<(4) (9 5 1) (2) (7 3)>>
(define (kept h) (list (put h 6 4) h (put h 7 4)))
(println (kept (table '(1 2 3) 4)))
; expect: (<<nil (1) (6 2) (3)>> <<nil (1) (2) (3)>> <<nil (1) (2) (7 3)>>)
(define (wide v i k) (if (= i 0) v (wide (vector-set v (remainder (* i 7) 3) (* k (+ 1 (vector-ref v (remainder (* i 7) 3))))) (- i 1) k)))
(println (wide (vector 1 2 3) 30 91) (wide (vector 1 2.5 1/3) 4 3))
; expect: <<78315908199308276861 117257520011119022262 156199131822929767663>> <<6 34.5 4>>
(define (mixed v i) (vector-set v (+ i 1) (list (vector-ref v (+ i 1)) (vector-ref v i))))
(println (mixed (vector 1 "a" 'b) 0) (mixed (vector (list 1) (list 2)) 0))
; expect: <<1 ("a" 1) b>> <<(1) ((2) (1))>>
(define (told v i) (vector-set v (car (list (println i) i)) (list (vector-ref v i))))
(println (try (told (vector 1 2) 1) (catch (e) (error-message e))))
; expect: 1
(define (count-at v i) (vector-set v (+ i 1) (+ 1 (vector-ref v (+ i 1)))))
(println (try (count-at (vector 1 2) 2) (catch (e) (error-message e))) (try (count-at (vector 1 2) 'a) (catch (e) (error-message e))))
; expect: vector-set: expected an integer index, got nil
(println (try (count-at (vector 1 'b) 0) (catch (e) (error-message e))) (try (count-at 'v 0) (catch (e) (error-message e))))
; expect: vector-ref: index 3 out of bounds for length 2 +: expected a number, got a
; expect: +: expected a number, got b vector-ref: expected a vector, got v
