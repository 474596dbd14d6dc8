(range +nan.0) ; expect error: range: expected a finite number, got +nan.0
