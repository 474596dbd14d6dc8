(import money)
(import stock :all)

(define items (list (item "nails" 4000 0 5) (item "hammers" 12 14 90) (item "saws" 7 23 45)))

(println "value:" (money/show (value-of items)))
(println "most of it:" (item-name (most-valuable items)))
