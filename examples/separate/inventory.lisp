(import money)
(import stock :only (stock value-of most-valuable))

(define items
  (stock ("nails" 4000 0 5)
         ("hammers" 12 14 90)
         ("saws" 7 23 45)))

(println "value:" (money/show (value-of items)))
(println "most of it:" (most-valuable items))
