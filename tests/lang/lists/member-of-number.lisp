(member (list 1) 5) ; expect error: member: expected a list or another sequence, got 5
