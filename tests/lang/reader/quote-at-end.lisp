(println 1)
' ; expect error: quote
