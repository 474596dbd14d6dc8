; Updating a map a hundred thousand times is linear: f is the only owner of the value.
(define (fill m i n) (if (= i n) m (fill (update m :all (lambda (v) (%conj v i))) (+ i 1) n)))
(println (%count (%get (fill {:all <<>>} 0 100000) :all))) ; expect: 100000
(define (fill-in m i n) (if (= i n) m (fill-in (update-in m '(:x :y) %assoc i t) (+ i 1) n)))
(println (%count (%get (%get (fill-in {:x {:y {}}} 0 100000) :x) :y))) ; expect: 100000
