(define (nest n acc) (if (= n 0) acc (nest (- n 1) (list acc))))
(spit "deep.txt" "")
(println (nest 10 'x)) ; expect: ((((((((((x))))))))))
