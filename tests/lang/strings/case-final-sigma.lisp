; A capital sigma that ends a word has a small form of its own.
(println (list (string-downcase "ΟΔΟΣ") (string-downcase "ΟΔΟΣ ΣΟΦΟΣ.") (string-downcase "Σ") (string-downcase "ΑΣ'Α") (string-downcase "ΑΣ'"))) ; expect: ("οδος" "οδος σοφος." "σ" "ασ'α" "ας'")
