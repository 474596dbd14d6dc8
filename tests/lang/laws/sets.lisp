; Sets of values of all kinds: union, intersection and difference by conj, contains? and disj.
(random-seed 16)

; True if the law holds for n random samples (lists of operands); prints the first that it does not hold for.
(define (for-all name n make law)
  (let loop ((i 0))
    (if (= i n)
        t
        (let* ((sample (make)) (held (try (apply law sample) (catch (e) (println (error-message e)) nil))))
          (if held (loop (+ i 1)) (println name "does not hold for" sample))))))

(define (random-key) (vector-ref '<<0 1 -1 "a" "b" a :b nil t 1.0 1/2 (1 2) <<1 2>> "">> (random 14)))
(define (random-keys) (map (lambda (i) (random-key)) (range (random 20))))
(define (set-of xs) (reduce conj #{} xs))
(define (random-set) (set-of (random-keys)))
(define (union a b) (reduce conj a b))
(define (intersection a b) (set-of (filter (lambda (x) (contains? b x)) a)))
(define (difference a b) (reduce disj a b))

(println (if (and
  (for-all "elements" 300 (lambda () (list (random-keys) (random-key)))
    (lambda (xs x) (eq (contains? (set-of xs) x) (if (member x xs) t nil))))
  (for-all "no element twice" 300 (lambda () (list (random-keys)))
    (lambda (xs) (= (count (set-of xs)) (count (set-of (append xs xs))) (length (seq (set-of xs))))))
  (for-all "union" 300 (lambda () (list (random-set) (random-set) (random-set)))
    (lambda (a b c)
      (and (equal? (union a b) (union b a))
           (equal? (union a (union b c)) (union (union a b) c))
           (equal? (union a a) a))))
  (for-all "intersection" 300 (lambda () (list (random-set) (random-set) (random-set)))
    (lambda (a b c)
      (and (equal? (intersection a b) (intersection b a))
           (equal? (intersection a (union b c)) (union (intersection a b) (intersection a c))))))
  (for-all "difference" 300 (lambda () (list (random-set) (random-set)))
    (lambda (a b)
      (and (equal? a (union (difference a b) (intersection a b))) (empty? (intersection (difference a b) b)))))
  (for-all "sizes" 300 (lambda () (list (random-set) (random-set)))
    (lambda (a b) (= (+ (count a) (count b)) (+ (count (union a b)) (count (intersection a b))))))
  (for-all "add and take away" 300 (lambda () (list (random-set) (random-key)))
    (lambda (a x) (if (contains? a x) (equal? (conj a x) a) (equal? (disj (conj a x) x) a))))
  (for-all "as a key" 300 (lambda () (list (random-set)))
    (lambda (a) (eq 1 (get (hash-map a 1) (set-of (reverse (seq a))))))))
  'ok 'failed)) ; expect: ok
