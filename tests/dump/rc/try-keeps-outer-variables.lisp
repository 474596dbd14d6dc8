; What is bound outside of a try is dropped after it, whether the body raised or not.
; options: -fno-specialize -fno-unfold -fno-types
(define (f x y) (try (cons (car x) y) (catch (e) (list x e))))
