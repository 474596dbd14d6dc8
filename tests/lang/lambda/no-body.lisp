(lambda (x)) ; expect error: lambda
