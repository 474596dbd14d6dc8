(format "~A" 1) ; expect error: got "~A"
