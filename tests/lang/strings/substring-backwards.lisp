(substring "hello" 3 2) ; expect error: substring: start 3 is greater than end 2
