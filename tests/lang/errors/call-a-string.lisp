("f" 1) ; expect error: cannot apply "f"
