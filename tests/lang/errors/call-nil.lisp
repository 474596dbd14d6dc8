(nil) ; expect error: cannot apply nil
