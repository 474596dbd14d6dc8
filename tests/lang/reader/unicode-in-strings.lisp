(println "naïve" (length "naïve")) ; expect: naïve 5
(println (length "🙂🙃")) ; expect: 2
