; sort and vector-sort: an ordered permutation, stable.
(random-seed 12)

; True if the law holds for n random samples (lists of operands); prints the first that it does not hold for.
(define (for-all name n make law)
  (let loop ((i 0))
    (if (= i n)
        t
        (let* ((sample (make)) (held (try (apply law sample) (catch (e) (println (error-message e)) nil))))
          (if held (loop (+ i 1)) (println name "does not hold for" sample))))))

(define (random-list)
  (map (lambda (i) (- (random 21) 10)) (range (random 12))))

(define (occurrences x xs) (length (filter (lambda (y) (= x y)) xs)))
(define (indexed xs) (map cons xs (range (length xs))))
(define (key<? a b) (< (car a) (car b)))
(define (long-list) (map (lambda (i) (random 50)) (range (random 120))))

(println (if (and
  (for-all "ordered" 200 (lambda () (list (long-list)))
    (lambda (a) (let ((s (sort a))) (or (nil? s) (apply <= s)))))
  (for-all "permutation" 100 (lambda () (list (random-list)))
    (lambda (a)
      (let ((s (sort a)))
        (and (= (length s) (length a))
             (equal? (map (lambda (x) (occurrences x s)) a) (map (lambda (x) (occurrences x a)) a))))))
  (for-all "twice" 200 (lambda () (list (long-list)))
    (lambda (a) (equal? (sort (sort a)) (sort a))))
  (for-all "of reverse" 200 (lambda () (list (long-list)))
    (lambda (a) (equal? (sort (reverse a)) (sort a))))
  (for-all "descending" 200 (lambda () (list (long-list)))
    (lambda (a) (equal? (sort a >) (reverse (sort a)))))
  (for-all "with a function of the user" 200 (lambda () (list (long-list)))
    (lambda (a) (equal? (sort a (lambda (x y) (< x y))) (sort a))))
  (for-all "stable" 200 (lambda () (list (long-list)))
    (lambda (a)
      (let ((s (sort (indexed a) key<?)))
        (equal? s
                (sort (indexed a)
                      (lambda (x y) (or (< (car x) (car y)) (and (= (car x) (car y)) (< (cdr x) (cdr y))))))))))
  (for-all "operand is kept" 200 (lambda () (list (long-list)))
    (lambda (a) (let ((copy (map (lambda (x) x) a))) (sort a) (equal? a copy))))
  (for-all "vectors" 200 (lambda () (list (long-list)))
    (lambda (a)
      (and (equal? (vector-sort (list->vector a)) (list->vector (sort a)))
           (equal? (sort (list->vector a)) (sort a))
           (equal? (vector-sort (list->vector a) >) (list->vector (sort a >))))))
  (for-all "append" 200 (lambda () (list (long-list) (long-list)))
    (lambda (a b) (equal? (sort (append a b)) (sort (append (sort b) (sort a)))))))
  'ok 'failed)) ; expect: ok
