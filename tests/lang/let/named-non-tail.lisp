(println (let count ((n 1000)) (if (= n 0) 0 (+ 1 (count (- n 1)))))) ; expect: 1000
