; 6000 digits of pi, one by one: bigints.
(define (digits n)
  (let loop ((i 0) (k 1) (numerator 1) (accumulator 0) (denominator 1) (hash 0))
    (if (= i n)
        hash
        (let* ((odd (+ (* 2 k) 1))
               (accumulator (* (+ accumulator (* numerator 2)) odd))
               (denominator (* denominator odd))
               (numerator (* numerator k)))
          (if (> numerator accumulator)
              (loop i (+ k 1) numerator accumulator denominator hash)
              (let* ((sum (+ (* numerator 3) accumulator))
                     (digit (quotient sum denominator)))
                (if (= digit (quotient (+ sum numerator) denominator))
                    (loop (+ i 1) (+ k 1) (* numerator 10) (* 10 (- accumulator (* denominator digit))) denominator
                          (remainder (+ (* hash 31) digit) 1000003))
                    (loop i (+ k 1) numerator accumulator denominator hash))))))))

(println (digits 6000))
