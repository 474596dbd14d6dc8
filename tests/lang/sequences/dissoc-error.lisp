(dissoc <<1>> 0) ; expect error: dissoc: expected a map, got <<1>>
