(string-join (cons "a" "b")) ; expect error: string-join: expected a proper list of strings, got ("a" . "b")
