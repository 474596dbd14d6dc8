; round imports circle, which imports round
(import circle) ; expect error: imports itself
