(println (%reduced 5) (%reduced? (%reduced 1)) (%reduced? 1) (%unreduced (%reduced '(x))) (%unreduced 'y)) ; expect: #reduced(5) t nil (x) y
