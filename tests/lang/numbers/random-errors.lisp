(defmacro message (form) `(try ,form (catch (e) (error-message e))))

(println (message (random 0))) ; expect: random: expected a positive integer, got 0
(println (message (random -5))) ; expect: random: expected a positive integer, got -5
(println (message (random -100000000000000000000))) ; expect: random: expected a positive integer, got -100000000000000000000
(println (message (random 1.5))) ; expect: random: expected a positive integer, got 1.5
(println (message (random-seed 1/2))) ; expect: random-seed: expected an integer, got 1/2
(println (message (random-seed nil))) ; expect: random-seed: expected an integer, got nil
