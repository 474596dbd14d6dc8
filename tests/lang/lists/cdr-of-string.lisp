(cdr "text") ; expect error: cdr: expected a cons, got "text"
