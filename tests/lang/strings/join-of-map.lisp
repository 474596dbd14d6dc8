(string-join {"a" "b"}) ; expect error: string-join: expected a string, got <<"a" "b">>
