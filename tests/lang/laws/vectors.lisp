; Vectors against lists.
(random-seed 13)

; True if the law holds for n random samples (lists of operands); prints the first that it does not hold for.
(define (for-all name n make law)
  (let loop ((i 0))
    (if (= i n)
        t
        (let* ((sample (make)) (held (try (apply law sample) (catch (e) (println (error-message e)) nil))))
          (if held (loop (+ i 1)) (println name "does not hold for" sample))))))

(define (random-list)
  (map (lambda (i) (- (random 21) 10)) (range (random 12))))

(define (random-vector) (list->vector (random-list)))
(define (cut v) (random (+ 1 (vector-length v))))

(println (if (and
  (for-all "list->vector, vector->list" 200 (lambda () (list (random-list)))
    (lambda (a)
      (and (equal? (vector->list (list->vector a)) a)
           (= (vector-length (list->vector a)) (length a))
           (equal? (apply vector a) (list->vector a)))))
  (for-all "vector-append" 200 (lambda () (list (random-list) (random-list)))
    (lambda (a b) (equal? (vector-append (list->vector a) (list->vector b)) (list->vector (append a b)))))
  (for-all "cut and join" 200 (lambda () (let* ((v (random-vector)) (k (cut v))) (list v k)))
    (lambda (v k) (equal? v (vector-append (subvector v 0 k) (subvector v k (vector-length v))))))
  (for-all "vector-set, vector-ref" 200
    (lambda () (let ((v (conj (random-vector) 0))) (list v (random (vector-length v)) (random 100))))
    (lambda (v i x)
      (let ((w (vector-set v i x)))
        (and (eq (vector-ref w i) x)
             (equal? (vector-set w i (vector-ref v i)) v)
             (equal? (subvector w 0 i) (subvector v 0 i))
             (= (vector-length w) (vector-length v))))))
  (for-all "mixed elements" 200 (lambda () (let ((v (conj (random-vector) 0))) (list v (random (vector-length v)))))
    (lambda (v i) (equal? v (vector-set (vector-set v i "text") i (vector-ref v i)))))
  (for-all "vector-map" 200 (lambda () (list (random-list)))
    (lambda (a)
      (equal? (vector-map (lambda (x) (* 2 x)) (list->vector a)) (list->vector (map (lambda (x) (* 2 x)) a)))))
  (for-all "vector-map of several" 200 (lambda () (list (random-list) (random-list)))
    (lambda (a b) (equal? (vector-map * (list->vector a) (list->vector b)) (list->vector (map * a b)))))
  (for-all "vector-fold" 200 (lambda () (list (random-list)))
    (lambda (a) (equal? (vector-fold (lambda (acc x) (cons x acc)) nil (list->vector a)) (reverse a))))
  (for-all "conj" 200 (lambda () (list (random-list) (random 9)))
    (lambda (a x) (equal? (conj (list->vector a) x) (list->vector (append a (list x))))))
  (for-all "make-vector" 200 (lambda () (list (random 50) (random 9)))
    (lambda (n x) (equal? (make-vector n x) (list->vector (map (lambda (i) x) (range n))))))
  (for-all "first and rest" 200 (lambda () (list (random-list)))
    (lambda (a)
      (let ((v (list->vector a)))
        (and (equal? (first v) (first a)) (equal? (rest v) (rest a)) (equal? (seq v) (seq a)))))))
  'ok 'failed)) ; expect: ok
