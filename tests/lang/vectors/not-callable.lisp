(<<1 2>> 0) ; expect error: apply
