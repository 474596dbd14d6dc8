(println (if (< 1 2) 'yes 'no) (if nil 'yes 'no) (if (= 1 2) 'yes) (if '(x) 2 (car nil))) ; expect: yes no nil 2
(println (if (if nil t nil) 1 (if t 2 3))) ; expect: 2
