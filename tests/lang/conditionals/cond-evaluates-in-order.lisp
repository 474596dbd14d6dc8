(cond ((println "first") 'a) ((println "second") 'b) (t 'c)) ; expect: first
; expect: second
(cond (t 'stop) ((println "never") 'x))
