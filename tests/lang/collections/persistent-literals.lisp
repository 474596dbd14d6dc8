(println #pvec[1 (+ 1 1)] #pmap{:a (+ 1 2)} #pset{1 1 2} '#pvec[a b]) ; expect: #pvec[1 2] #pmap{:a 3} #pset{1 2} #pvec[a b]
(println #pvec[] #pmap{} #pset{}) ; expect: #pvec[] #pmap{} #pset{}
