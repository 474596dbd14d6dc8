(string-split "abc" "") ; expect error: string-split: expected a separator that is not empty, got ""
