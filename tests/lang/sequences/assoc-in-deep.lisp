; A path of a hundred thousand keys: no recursion on its length.
(define path (range 100000))
(println (get-in (assoc-in nil path 'deep) path)) ; expect: deep
(println (get-in (assoc-in (assoc-in nil path 'deep) path 'again) path)) ; expect: again
