; used by the tests beside this folder; by itself it only defines
(module geometry (export area square? with-area map half))
(define (area width height) (multiply width height))
(define (multiply x y) (* x y)) ; private, and used before its definition
(define (square? width height) (= width height))
(defmacro with-area (name width height . body) `(let ((,name (multiply ,width ,height))) ,@body))
(define (map f xs) (list 'mine (f xs))) ; this module's own
(define half 1/2)
