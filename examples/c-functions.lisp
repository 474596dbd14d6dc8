; Functions of C libraries as functions of Lisp: special functions of libm, and calls of the C library with a pointer.
; consairc build examples/c-functions.lisp && ./c-functions

(foreign "libm.so.6"
  (erf (double) double)
  ((gamma "tgamma") (double) double)
  (hypot (double double) double))

; The chance that a normally distributed value is within n standard deviations.
(define (within n) (erf (/ n (sqrt 2))))
(for-each (lambda (n) (println (format "within ~d sigma: ~,4f %" n (* 100 (within n))))) '(1 2 3))

(println "factorials by the gamma function:" (map (lambda (n) (round (gamma (+ n 1)))) (range 0 8)))
(println "length of (3, 4):" (apply hypot '(3 4)))

; memcmp and friends work on addresses; whoever allocates with malloc frees with free.
(foreign
  (malloc (size_t) pointer)
  (free (pointer) void)
  (memset (pointer int size_t) pointer)
  (strnlen (pointer size_t) size_t)
  (strncpy (pointer string size_t) pointer))

(define (c-length text capacity)
  (let* ((buffer (malloc capacity))
         (cleared (memset buffer 0 capacity))
         (filled (strncpy cleared text (- capacity 1)))
         (length (strnlen filled capacity)))
    (free buffer)
    length))
(println "bytes of a string in a buffer of 8:" (map (lambda (text) (c-length text 8)) '("Lisp" "ünïcödé" "")))

; An operand of a wrong type is an ordinary error.
(println (try (hypot 3 "4") (catch (e) (error-message e))))
