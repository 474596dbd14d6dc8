(println (let loop ((i 0) (acc nil)) (if (= i 5) acc (loop (+ i 1) (cons i acc))))) ; expect: (4 3 2 1 0)
(println (let loop ((n 1000000)) (if (= n 0) 'done (loop (- n 1))))) ; expect: done
