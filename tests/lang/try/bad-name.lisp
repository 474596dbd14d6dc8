(try (catch e 1)) ; expect error: try: catch needs one name in parentheses, a symbol
