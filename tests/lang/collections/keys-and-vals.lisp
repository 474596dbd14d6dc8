(println (%keys {}) (%vals #pmap{}) (%keys {:a 1}) (%vals #pmap{:a 1 :b "x"})) ; expect: nil nil (:a) (1 "x")
