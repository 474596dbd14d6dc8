(println "\u{110000}") ; expect error: code point
