; Errors while records are made, taken apart and made again: nothing is lost, and all that was owned is dropped.
(define (node k l r) (vector k l r))
(define (check k) (if (= (remainder k 5) 0) (error "five" k) k))
(define (insert n k)
  (if n
      (let ((key (vector-ref n 0)) (l (vector-ref n 1)) (r (vector-ref n 2)))
        (if (< k key) (node key (insert l k) r) (node key l (insert r k))))
      (node (check k) nil nil)))
(define (size n) (if n (+ 1 (size (vector-ref n 1)) (size (vector-ref n 2))) 0))
(define (keep n i) (if (= i 0) n (keep (try (insert n (remainder (* i 37) 101)) (catch (e) n)) (- i 1))))
(println (size (keep nil 100)))
; expect: 80
(define (lose n i) (if (= i 0) n (lose (insert n (remainder (* i 37) 101)) (- i 1))))
(println (try (size (lose nil 100)) (catch (e) "lost")))
; expect: lost

; A field is read of what may be nil.
(define (link i below) (vector i below))
(define (links i below) (if (= i 0) below (links (- i 1) (link i below))))
(define (third r) (vector-ref (vector-ref (vector-ref r 1) 1) 0)) ; expect error: vector-ref: expected a vector, got nil
(println (third (links 3 nil)) (try (third (links 2 nil)) (catch (e) (error-message e))))
; expect: 3 vector-ref: expected a vector, got nil
(define (half-made i text) (vector (string-append text "!") (link i nil) (check i)))
(define (first-of r) (vector-ref r 0))
(println (try (first-of (half-made 10 "no")) (catch (e) "half")) (first-of (half-made 11 "yes")))
; expect: half yes!
(third (links 2 nil))
