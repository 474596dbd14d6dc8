(values)
