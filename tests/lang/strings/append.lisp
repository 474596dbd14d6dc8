(println (string-append) (string-append "a") (string-append "über" " " "naïve")) ; expect:  a über naïve
(println (length (string-append "é" "é"))) ; expect: 2
