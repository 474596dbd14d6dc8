; Lists, vectors, strings, maps and sets as sequences.
(random-seed 17)

; True if the law holds for n random samples (lists of operands); prints the first that it does not hold for.
(define (for-all name n make law)
  (let loop ((i 0))
    (if (= i n)
        t
        (let* ((sample (make)) (held (try (apply law sample) (catch (e) (println (error-message e)) nil))))
          (if held (loop (+ i 1)) (println name "does not hold for" sample))))))

(define letters <<"a" "b" "c" "," " " "é" "ß" "λ" "語" "😀">>)
(define (random-string)
  (string-join (map (lambda (i) (vector-ref letters (random 10))) (range (random 10)))))

(define (random-collection)
  (let ((xs (map (lambda (i) (random 30)) (range (random 15)))))
    (case (random 5)
      ((0) xs)
      ((1) (list->vector xs))
      ((2) (reduce conj #{} xs))
      ((3) (reduce (lambda (m x) (assoc m x (* x x))) {} xs))
      (else (random-string)))))

(println (if (and
  (for-all "count" 400 (lambda () (list (random-collection)))
    (lambda (c)
      (and (= (count c) (length (seq c))) (eq (empty? c) (= 0 (count c))) (eq (empty? c) (nil? (seq c))))))
  (for-all "first and rest" 400 (lambda () (list (random-collection)))
    (lambda (c) (or (empty? c) (equal? (seq c) (cons (first c) (rest c))))))
  (for-all "map goes through seq" 400 (lambda () (list (random-collection)))
    (lambda (c) (equal? (map list c) (map list (seq c)))))
  (for-all "filter of everything" 400 (lambda () (list (random-collection)))
    (lambda (c) (equal? (filter (lambda (x) t) c) (seq c))))
  (for-all "reduce" 400 (lambda () (list (random-collection)))
    (lambda (c) (equal? (reduce (lambda (acc x) (cons x acc)) nil c) (reverse (seq c)))))
  (for-all "equal copies" 400 (lambda () (list (random-collection)))
    (lambda (c)
      (or (list? c) (string? c) (equal? c (reduce conj (cond ((vector? c) <<>>) ((map? c) {}) (t #{})) c)))))
  (for-all "written form reads back" 400 (lambda () (list (random-collection)))
    (lambda (c) (equal? (format "~s" (list c)) (format "(~s)" c)))))
  'ok 'failed)) ; expect: ok
