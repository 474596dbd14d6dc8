(range 0 +inf.0) ; expect error: range: expected a finite number, got +inf.0
