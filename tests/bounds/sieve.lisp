; A sieve of as many numbers as the first argument says, in one vector that is changed in place.
(define (strike sieve i step n) (if (> i n) sieve (strike (vector-set sieve i 1) (+ i step) step n)))

(define (sift sieve i n)
  (cond ((> (* i i) n) sieve)
        ((= (vector-ref sieve i) 0) (sift (strike sieve (* i i) i n) (+ i 1) n))
        (t (sift sieve (+ i 1) n))))

(define (primes sieve i n count) (if (> i n) count (primes sieve (+ i 1) n (if (= (vector-ref sieve i) 0) (+ count 1) count))))

(let ((n (string->number (car (command-line)))))
  (println (primes (sift (make-vector (+ n 1) 0) 2 n) 2 n 0)))
