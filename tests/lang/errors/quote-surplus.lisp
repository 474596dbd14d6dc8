(quote a b) ; expect error: quote
