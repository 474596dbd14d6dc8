(range -9223372036854775808 9223372036854775807) ; expect error: range: expected an end for which the list fits memory
