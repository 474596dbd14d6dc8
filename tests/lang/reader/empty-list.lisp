(println () '()) ; expect: nil nil
(println '(() (()) nil)) ; expect: (nil (nil) nil)
