(format "~,2f" "1") ; expect error: format: expected a number, got "1"
