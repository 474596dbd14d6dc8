(println "tab\tnewline-follows\\ \"quoted\" it\'s") ; expect: tab	newline-follows\ "quoted" it's
(println (list "a\nb\r")) ; expect: ("a\nb\r")
(println "\x41\x62 \u{4e}\u{f6} \u{1F642}") ; expect: Ab Nö 🙂
(println (length "\0")) ; expect: 1
