(define (f a b c d e f g h i j k l m n o p q r s t1 u v w x y z)
  (list z y x w v u t1 s r q p o n m l k j i h g f e d c b a))
(println (f 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26)) ; expect: (26 25 24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1)
(define g f)
(println (car (apply g (list 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 'last)))) ; expect: last
