(format "~,f" 1) ; expect error: got "~,f"
