; the error is at the import that closes the circle, in library/circle.lisp
(import "library/circle.lisp") ; expect error: import: the module circle imports itself
