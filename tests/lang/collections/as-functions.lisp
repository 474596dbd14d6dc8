(println ((lambda (f) (f {:a 1} :a)) %get) (apply %hash-map '(1 2 3 4))) ; expect: 1 {1 2 3 4}
