(let ((a 1))) ; expect error: let
