(println ((lambda (let) (let 3)) -) ((lambda (when) when) 5)) ; expect: -3 5
