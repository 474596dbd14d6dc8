(defmacro bad (1) 1) ; expect error: symbol
