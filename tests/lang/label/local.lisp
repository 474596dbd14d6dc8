(label sum-list (lambda (l) ((label go (lambda (l acc) (cond ((nil? l) acc) (t (go (cdr l) (+ acc (car l))))))) l 0)))
(println (sum-list '(4 8 15 16 23 42))) ; expect: 108
