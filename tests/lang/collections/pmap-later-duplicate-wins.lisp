(println #pmap{:k 1 :j 2 :k 3}) ; expect: #pmap{:k 3 :j 2}
