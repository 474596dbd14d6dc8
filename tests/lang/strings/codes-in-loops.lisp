; Loops over the characters of a string that stays the same: ASCII and not, indices outside, changes of vectors and texts meanwhile
(define (count s c) (let loop ((i 0) (n 0)) (if (= i (string-length s)) n (loop (+ i 1) (if (string=? c (string-ref s i)) (+ n 1) n)))))
(println (count "banana" "a") (count "añb€añ𝄞" "ñ") (count "" "a") (count "añb€añ𝄞" "𝄞"))
; expect: 3 2 0 1
(define (codes s i end) (if (= i end) nil (cons (char->integer (string-ref s i)) (codes s (+ i 1) end))))
(println (codes "az~" 0 3) (codes "a€𝄞" 0 3))
; expect: (97 122 126) (97 8364 119070)
(define (sum s i end n) (if (= i end) n (sum s (+ i 1) end (+ n (char->integer (string-ref s i))))))
(println (sum "abc" 0 3 0) (sum "añ" 0 2 0) (try (sum "abc" 0 4 0) (catch (e) (error-message e))) (try (sum "añ" 0 4 0) (catch (e) (error-message e))))
; expect: 294 338 string-ref: index 3 out of bounds for length 3 string-ref: index 2 out of bounds for length 2
(println (try (sum "abc" -1 3 0) (catch (e) (error-message e))) (try (sum "" 0 1 0) (catch (e) (error-message e))) (sum "abc" 2 3 9223372036854775807))
; expect: string-ref: index -1 out of bounds for length 3 string-ref: index 0 out of bounds for length 0 9223372036854775906
(define (histogram s) (let loop ((i 0) (h (make-vector 128 0))) (if (= i (string-length s)) (vector-ref h 97) (let ((c (char->integer (string-ref s i)))) (loop (+ i 1) (if (< c 128) (vector-set h c (+ 1 (vector-ref h c))) h))))))
(println (histogram "a rose is a rose") (histogram "añaña"))
; expect: 2 3
(define (shifted s) (let loop ((i 0) (out "")) (if (= i (string-length s)) out (loop (+ i 1) (string-append out (integer->char (+ 1 (char->integer (string-ref s i)))))))))
(println (shifted "HAL") (shifted "Ñandú") (shifted (string-append "AB" (number->string 12))))
; expect: IBM Òboeû BC23
(define (same a b) (let loop ((i 0)) (cond ((and (= i (string-length a)) (= i (string-length b))) t) ((or (= i (string-length a)) (= i (string-length b))) nil) ((string=? (string-ref a i) (string-ref b i)) (loop (+ i 1))) (t i))))
(println (same "abc" "abc") (same "abc" "abd") (same "añc" "añd") (same "ab" "abc"))
; expect: t 2 2 nil
(define (pairs s) (let outer ((i 0) (n 0)) (if (= i (string-length s)) n (outer (+ i 1) (let inner ((j (+ i 1)) (n n)) (if (= j (string-length s)) n (inner (+ j 1) (if (string<? (string-ref s i) (string-ref s j)) (+ n 1) n))))))))
(println (pairs "hello") (pairs "zyx") (pairs "aéio"))
; expect: 8 0 4
