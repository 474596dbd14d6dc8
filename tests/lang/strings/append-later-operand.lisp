((lambda (s) (string-append s "b" nil)) (number->string 12)) ; expect error: string-append: expected a string, got nil
