(println '( . a)) ; expect error: dot
