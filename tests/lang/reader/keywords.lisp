(println :speed (eq :a :a) (eq :a :b)) ; expect: :speed t nil
(println '(:k 1)) ; expect: (:k 1)
(println (eq :k ':k)) ; expect: t
