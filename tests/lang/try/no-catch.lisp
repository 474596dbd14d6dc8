(try 1) ; expect error: try: the last form must be (catch (name) handler ...)
