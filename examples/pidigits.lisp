; The first 1000 digits of pi, by Gibbons' spigot (Unbounded Spigot Algorithms for the Digits of Pi, 2006): all the state is
; exact integers, which grow to thousands of digits.

(define digits-wanted 1000)

; State: the linear fractional transformation (q r / 0 t) as three integers, the term number k, the digits printed so far.
(define (spigot q r u k printed)
  (when (< printed digits-wanted)
    (let ((digit (quotient (+ (* 3 q) r) u)))
      (if (= digit (quotient (+ (* 4 q) r) u))
          (progn
            (print digit)
            (if (= (remainder (+ printed 1) 50) 0) (println))
            (spigot (* 10 q) (* 10 (- r (* digit u))) u k (+ printed 1)))
          (let ((odd (+ (* 2 k) 1)))
            (spigot (* q k) (* (+ (* 2 q) r) odd) (* u odd) (+ k 1) printed))))))

(spigot 1 0 1 1 0)
