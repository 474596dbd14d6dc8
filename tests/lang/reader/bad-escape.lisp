(println "bad \z escape") ; expect error: escape
