(string-append "a" 1) ; expect error: string-append: expected a string, got 1
