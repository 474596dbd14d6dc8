(format "~,2e" nil) ; expect error: format: expected a number, got nil
