(keys <<1>>) ; expect error: keys: expected a map, got <<1>>
