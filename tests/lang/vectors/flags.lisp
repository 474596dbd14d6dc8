; Vectors of nil and t are stored in bytes; nobody can tell.
(define (flags n) (vector-set (make-vector n t) 1 nil))
(define f (flags 4))
(println f) ; expect: <<t nil t t>>
(println (equal? f (vector t nil t t)) (equal? (vector t nil t t) f) (equal? f (make-vector 4 t))) ; expect: t t nil
(println (%get (hash-map f 'found) (vector t nil t t))) ; expect: found
(println (%get (hash-map (vector t nil t t) 'found) f)) ; expect: found
(println (vector->list f) (length f) (vector-length f)) ; expect: (t nil t t) 4 4
(println (subvector f 1 3) (subvector f 0 0) (vector-append f f)) ; expect: <<nil t>> <<>> <<t nil t t t nil t t>>
(println (vector-append f (vector 1 2)) (vector-append (make-vector 2) (vector 1.5))) ; expect: <<t nil t t 1 2>> <<nil nil 1.5>>
(println (vector-map not f) (vector-fold (lambda (n x) (if x (+ n 1) n)) 0 f)) ; expect: <<nil t nil nil>> 3

; Anything else that is stored makes a plain vector; the old version is not touched.
(define g (vector-set f 2 'x))
(println f g (vector-set g 0 nil)) ; expect: <<t nil t t>> <<t nil x t>> <<nil nil x t>>
(println (vector-set (vector-set (make-vector 3) 0 1) 2 2.5)) ; expect: <<1 nil 2.5>>
(println (vector-set (make-vector 2 nil) 1 (list 1 2))) ; expect: <<nil (1 2)>>
(println (vector-set (vector-set f 0 nil) 0 t)) ; expect: <<t nil t t>>
(println (%conj f nil) (%conj f 1) (%conj (subvector f 0 0) 7)) ; expect: <<t nil t t nil>> <<t nil t t 1>> <<7>>
(println (%assoc f 0 nil) (%assoc f 0 "a")) ; expect: <<nil nil t t>> <<"a" nil t t>>

(define (count-in v i n) (if (= i (vector-length v)) n (count-in v (+ i 1) (if (vector-ref v i) (+ n 1) n))))
(define (mark v i step) (if (< i (vector-length v)) (mark (vector-set v i nil) (+ i step) step) v))
(define big (make-vector 1000 t))
(println (count-in (mark big 0 3) 0 0) (count-in big 0 0)) ; expect: 666 1000
(println (try (vector-sort f) (catch (e) (error-message e)))) ; expect: vector-sort: expected a number, got t
(println (try (vector-set f 4 nil) (catch (e) (error-message e)))) ; expect: vector-set: index 4 out of bounds for length 4
(println (try (vector-ref f -1) (catch (e) (error-message e)))) ; expect: vector-ref: index -1 out of bounds for length 4
(println f) ; expect: <<t nil t t>>
