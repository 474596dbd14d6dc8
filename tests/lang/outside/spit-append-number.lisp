(spit-append "never.txt" 5) ; expect error: spit-append: expected a string, got 5
