(quote) ; expect error: quote
