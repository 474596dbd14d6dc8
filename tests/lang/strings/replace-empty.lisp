(string-replace "abc" "" "x") ; expect error: string-replace: expected a text to replace that is not empty, got ""
