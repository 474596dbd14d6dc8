(apply + '(1 . 2)) ; expect error: apply
