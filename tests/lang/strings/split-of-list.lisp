(string-split nil ",") ; expect error: string-split: expected a string, got nil
