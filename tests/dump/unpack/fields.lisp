; Fields that are read one after the other come out together, though each read may raise; not where something comes between.
(define (walk f a)
  (if (nil? a) nil (f (vector-ref a 0) (vector-ref a 1) (walk f (vector-ref a 2)))))

(define (between f v) (list (vector-ref v 0) (f v) (vector-ref v 2)))
(define (in-branch v) (list (vector-ref v 0) (if (vector-ref v 1) (vector-ref v 2) nil)))
(define (two v w) (list (vector-ref v 0) (vector-ref w 0) (vector-ref v 1)))

(println (walk (read) (read)) (walk (read) (read)))
(println (between (read) (read)) (in-branch (read)) (two (read) (read)))
