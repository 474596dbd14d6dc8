(format "100~") ; expect error: got "~"
