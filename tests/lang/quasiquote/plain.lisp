(println `plain `(a b c) `5 `"s" `()) ; expect: plain (a b c) 5 s nil
