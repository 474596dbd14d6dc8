(merge {1 2} <<>>) ; expect error: merge: expected a map, got <<>>
