; Versions of large maps and sets that are kept while others of them go on changing: each stays what it was.
(define (fill m from to) (if (< from to) (fill (assoc m from (* from from)) (+ from 1) to) m))
(define (thin m from to) (if (< from to) (thin (dissoc m from) (+ from 3) to) m))
(define (total m) (reduce + 0 (vals m)))
(define (all-there? m from to) (or (>= from to) (and (= (get m from -1) (* from from)) (all-there? m (+ from 1) to))))

(define base (fill {} 0 1000))
(define more (fill base 1000 5000))
(define less (thin base 0 1000))
(println (count base) (count more) (count less)) ; expect: 1000 5000 666
(println (all-there? base 0 1000) (all-there? more 0 5000) (contains? base 1000)) ; expect: t t nil
(println (total base) (total less)) ; expect: 332833500 221555889
(println (equal? base (fill {} 0 1000)) (equal? base more)) ; expect: t nil
(println (equal? (thin (fill {} 0 1000) 0 1000) less)) ; expect: t

; every version of a map, each made from the one before
(define (versions m i out) (if (= i 300) out (versions (assoc m i i) (+ i 1) (cons m out))))
(define history (versions {} 0 nil))
(println (map count (list (car history) (nth history 100) (nth history 299)))) ; expect: (299 199 0)
(println (reduce + 0 (map (lambda (m) (reduce + 0 (vals m))) history))) ; expect: 4455100

; a thousand changes of one version, none of which another sees
(define (change-each i sum) (if (= i 1000) sum (change-each (+ i 1) (+ sum (get (assoc base i -1) i) (get base i)))))
(println (change-each 0 0)) ; expect: 332832500
