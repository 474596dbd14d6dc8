(import no-such-module) ; expect error: import: cannot find no-such-module.lisp
