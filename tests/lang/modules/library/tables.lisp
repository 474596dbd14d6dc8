(module tables (export define-table))
(define (build count f) (list->vector (map f (range count))))
(defmacro define-table (name count f) `(define ,name (build ,count ,f)))
