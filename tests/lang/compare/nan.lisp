(define nan (- 1e400 1e400))
(println (= nan nan) (< nan 1) (> nan 1) (<= nan nan) (eq nan nan)) ; expect: nil nil nil nil nil
