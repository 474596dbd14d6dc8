(missing-fn (println "not reached")) ; expect error: unbound variable: missing-fn
