(range 100000000000000000000) ; expect error: range: expected an end for which the list fits memory
