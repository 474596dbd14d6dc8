(vector-for-each println "ab") ; expect error: vector-for-each: expected a vector, got "ab"
