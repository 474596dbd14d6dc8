; Functions on vectors that call functions.
;
; The first value decides how a new vector is stored.  An element is forgotten before the function gets it: where
; nobody else has the vector, the function is the element's only owner.

;: (vector-map f v w...)
(define (vector-map f v . more)
  "Vector of the values of f for the first elements, the second ones and so on; ends with the shortest vector."
  (%%check_function "vector-map" f)
  (let ((n (%%check_vector "vector-map" v)))
    (cond ((nil? more) (vector-map-one f v 0 n (vector)))
          ((nil? (cdr more))
           (let* ((w (car more))
                  (m (%%check_vector "vector-map" w)))
             (vector-map-two f v w 0 (if (< m n) m n) (vector))))
          (t
           (%%list_to_vector
            (map-many f (cons (%%elements "vector-map" v) (vectors-to-lists more))))))))

(define (vector-map-one f v i n out)
  (if (= i n)
      out
      (let* ((element (vector-ref v i))
             (rest (%%forget v i))
             (value (f element)))
        (vector-map-one f rest (+ i 1) n
                        (if (= i 0) (make-vector n value) (vector-set out i value))))))

(define (vector-map-two f v w i n out)
  (if (= i n)
      out
      (let* ((x (vector-ref v i))
             (v (%%forget v i))
             (y (vector-ref w i))
             (w (%%forget w i))
             (value (f x y)))
        (vector-map-two f v w (+ i 1) n
                        (if (= i 0) (make-vector n value) (vector-set out i value))))))

(define (vectors-to-lists vectors)
  (if (nil? vectors)
      nil
      (let ((v (car vectors)))
        (%%check_vector "vector-map" v)
        (cons (%%elements "vector-map" v) (vectors-to-lists (cdr vectors))))))

(define (vector-fold f init v)
  "Combines the elements from left to right: (f acc x), beginning with init, gives the next acc; the last one is the
   result.  A result of f wrapped by reduced ends the fold."
  (%%check_function "vector-fold" f)
  (vector-fold-from f init v 0 (%%check_vector "vector-fold" v)))

(define (vector-fold-from f acc v i n)
  (if (= i n)
      acc
      (let ((acc (f acc (vector-ref v i))))
        (if (%reduced? acc)
            (%unreduced acc)
            (vector-fold-from f acc v (+ i 1) n)))))

(define (vector-for-each f v)
  "Calls f with each element in order, for its effects; nil."
  (%%check_function "vector-for-each" f)
  (vector-for-each-from f v 0 (%%check_vector "vector-for-each" v)))

(define (vector-for-each-from f v i n)
  (unless (= i n)
    (f (vector-ref v i))
    (vector-for-each-from f v (+ i 1) n)))
