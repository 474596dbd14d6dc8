(modulo 5 'x) ; expect error: modulo: expected an integer, got x
