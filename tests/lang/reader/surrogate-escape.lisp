(println "\u{D800}") ; expect error: code point
