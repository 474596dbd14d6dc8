(println (list "a\nb" "q\"q" "back\\slash" "tab\t")) ; expect: ("a\nb" "q\"q" "back\\slash" "tab\t")
(println (vector "s" 'sym (list 1 2))) ; expect: <<"s" sym (1 2)>>
