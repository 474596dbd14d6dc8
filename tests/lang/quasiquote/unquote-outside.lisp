,x ; expect error: unquote
