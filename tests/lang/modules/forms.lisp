; `import` and `module` are names like others
(define (import x) (list 'mine x))
(println (import 1)) ; expect: (mine 1)
(define (f module) (module 2))
(println (f -)) ; expect: -2
