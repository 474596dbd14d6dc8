(println (eq (gensym) (gensym)) (atom (gensym)) (number? (gensym))) ; expect: nil t nil
(define s (gensym "tmp"))
(println (eq s s)) ; expect: t
(println (eq 'g__0 (gensym))) ; expect: nil
