; What is put in front of a string may use that one's memory: others who hold it, indices in it and its hash see nothing of that.
(define (digits n b) (let loop ((n n) (out "")) (if (= n 0) out (loop (quotient n b) (string-append (string-ref "0123456789abcdef" (remainder n b)) out)))))
(println (digits 123456789 10) (digits 255 2) (digits 3735928559 16) (digits 0 10))
; expect: 123456789 11111111 deadbeef 
(define (reverse-text s) (let loop ((i 0) (out "")) (if (= i (string-length s)) out (loop (+ i 1) (string-append (string-ref s i) out)))))
(println (reverse-text "abc") (reverse-text "aébc€d𝄞") (reverse-text ""))
; expect: cba 𝄞d€cbéa 
(define (shared n) (let loop ((i 0) (out "") (all nil)) (if (= i n) all (let ((more (string-append (number->string i) out))) (loop (+ i 1) more (cons more all))))))
(println (shared 12))
; expect: ("11109876543210" "109876543210" "9876543210" "876543210" "76543210" "6543210" "543210" "43210" "3210" "210" "10" "0")
; the index of a character was asked for before
(define (grow s n k) (if (= n 0) (list s k) (let ((last (string-ref s (- (string-length s) 2)))) (grow (string-append "é" s) (- n 1) (string-append k last (string-ref s 0))))))
(println (grow (string-append "x" (number->string 12) "ü") 5 ""))
; expect: ("éééééx12ü" "2x2é2é2é2é")
(define (hashes s n table) (if (= n 0) (length (keys table)) (hashes (string-append "ab" s) (- n 1) (assoc table s n))))
(println (hashes (number->string 1) 40 {}))
; expect: 40
(define (long s n) (if (= n 0) s (long (string-append "0123456789é" s) (- n 1))))
(println (string-length (long (number->string 7) 2000)) (string-ref (long (number->string 7) 2000) 21999))
; expect: 22001 é
(define (twice s) (string-append s s))
(println (twice (number->string 12)) (string-append "" (number->string 5)) (string-append (number->string 5) ""))
; expect: 1212 5 5
(println (try (string-append "a" (string-append (number->string 1) "b") 3) (catch (e) (error-message e))))
; expect: string-append: expected a string, got 3
(println (string-append "a" 3)) ; expect error: string-append: expected a string, got 3
