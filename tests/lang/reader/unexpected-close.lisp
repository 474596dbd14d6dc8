(println 1)
) ; expect error: unexpected
