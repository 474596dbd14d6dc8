(println (cond (0 'zero)) (cond ("" 'empty)) (cond (0.0 'f)) (cond (<<>> 'v)) (cond ('() 'no) (t 'yes))) ; expect: zero empty f v yes
