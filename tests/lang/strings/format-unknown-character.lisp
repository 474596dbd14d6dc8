(format "~é" 1) ; expect error: got "~é"
