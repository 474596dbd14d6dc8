(label wide (lambda (a b c d e f g h i j k l m n o p q r) (lambda (z) (list a b c d e f g h i j k l m n o p q r z))))
(println ((wide 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18) 19)) ; expect: (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19)
