(define x 1)
(println (let ((x 2) (y x)) (list x y)) (let () 5) (let ((a 1)) (println "body") a)) ; expect: body
; expect: (2 1) 5 1
