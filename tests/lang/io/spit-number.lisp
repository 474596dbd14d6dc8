(spit "x.txt" 5) ; expect error: spit: expected a string, got 5
