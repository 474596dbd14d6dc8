(module users (export twice-next area-of))
(import counter :as c)
(import geometry :only (area))
(define (twice-next n) (c/next (c/next n)))
(define (area-of side) (area side side))
; expect: counter is loaded
