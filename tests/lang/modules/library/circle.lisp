; circle imports round, which imports circle
(import round) ; expect error: imports itself
