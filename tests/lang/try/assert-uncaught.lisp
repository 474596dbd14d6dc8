(assert (eq 'a 'b)) ; expect error: assertion failed: (eq (quote a) (quote b))
