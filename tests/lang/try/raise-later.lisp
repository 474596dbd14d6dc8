; an error value may be kept and raised anywhere: its place stays
(define kept (try (error "kept" 1) (catch (e) e)))  ; expect error: kept: 1
(println (error? kept)) ; expect: t
(define (f e) (raise e))
(f kept)
