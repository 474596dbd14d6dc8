(println (for-each println '(1 2))) ; expect: 1
; expect: 2
; expect: nil
(for-each println '(1 2 3) '<<a b>>) ; expect: 1 a
; expect: 2 b
(for-each println '(1 2) "xy" #{:p :q}) ; expect: 1 x :p
; expect: 2 y :q
(println (for-each println nil)) ; expect: nil
