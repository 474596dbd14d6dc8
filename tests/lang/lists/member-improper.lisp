(member 9 '(1 2 . 3)) ; expect error: member: expected a proper list, got (1 2 . 3)
