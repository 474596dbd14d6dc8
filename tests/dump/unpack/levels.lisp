; What has a name since its whole was taken apart is taken apart as well: both parts are read before the call.
; options: -fno-inline -fno-unfold
(define (insert tree k)
  (if (nil? tree)
      (list k nil k)
      (list (car tree) (insert (car (cdr tree)) k) (car (cdr (cdr tree))))))
(println (insert (insert nil "a") "b"))
