(println ((lambda (get) (get <<8 9>> 1)) vector-ref)) ; expect: 9
