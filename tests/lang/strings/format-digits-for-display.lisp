(format "~,3a" 1) ; expect error: got "~,3a"
