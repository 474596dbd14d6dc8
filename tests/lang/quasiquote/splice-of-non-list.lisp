(println `(1 ,@5 2)) ; expect error: splic
