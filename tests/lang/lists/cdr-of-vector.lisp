(cdr <<1>>) ; expect error: cdr: expected a cons, got <<1>>
