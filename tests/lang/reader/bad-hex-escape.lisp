(println "\xg1") ; expect error: hex
