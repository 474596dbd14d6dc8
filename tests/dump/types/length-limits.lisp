; Counters that stop at the length of a vector: of the same one, of its newer versions, of others of the same known length; not of any other.
; options: -fno-unroll -fno-fuse
(define (sum v)
  (do ((i 0 (+ i 1)) (s 0.0 (+ s (vector-ref v i)))) ((= i (vector-length v)) s)))

(define (halve v)
  (let loop ((i 0) (v v))
    (if (= i (vector-length v))
        v
        (let ((changed (vector-set v i (* 0.5 (vector-ref v i)))))
          (loop (+ i 1) (if (> i 5) changed v))))))

(define (swap-all v w) ; one after the other, of three items both
  (let loop ((i 0) (v v) (w w))
    (if (= i (vector-length v)) v (loop (+ i 1) w (vector-set v i (vector-ref w 0))))))

(define (shrink v) ; the length comes towards the counter and may miss it
  (let loop ((i 0) (v v))
    (if (= (vector-length v) i) i (loop (+ i 1) (subvector v 1 (vector-length v))))))

(define numbers (list->vector (map inexact (range (length (list 1 2 3))))))
(println (sum numbers) (halve numbers) (swap-all (vector 1 2 3) (make-vector 3 0)) (shrink numbers))
