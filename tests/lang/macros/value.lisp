(println (defmacro m (x) x)) ; expect: <macro>
