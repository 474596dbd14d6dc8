(import "library/geometry.lisp" :only (multiply)) ; expect error: import: the module geometry does not export multiply
