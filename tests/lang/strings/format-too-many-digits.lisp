(format "~,1000001f" 1) ; expect error: format: expected at most 1000000 digits after the point
