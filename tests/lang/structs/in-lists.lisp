; Records in lists, and lists of records in records, where nobody else sees them.
(define (person name age) (vector name age (= (remainder age 2) 0)))
(define (age p) (vector-ref p 1))
(define (people i) (if (= i 0) nil (cons (person (number->string i) (remainder (* i 37) 101)) (people (- i 1)))))
(define (insert p ps)
  (cond ((nil? ps) (list p))
        ((<= (age p) (age (car ps))) (cons p ps))
        (t (cons (car ps) (insert p (cdr ps))))))
(define (sort-people ps acc) (if ps (sort-people (cdr ps) (insert (car ps) acc)) acc))
(define (ages ps) (if ps (cons (age (car ps)) (ages (cdr ps))) nil))
(define (oldest ps best) (if ps (oldest (cdr ps) (if (> (age (car ps)) (age best)) (car ps) best)) best))
(println (ages (sort-people (people 12) nil)) (vector-ref (oldest (people 50) (person "x" 0)) 0))
; expect: (3 10 20 30 37 40 47 57 67 74 84 94) 30

; mapped, filtered and folded
(println (reduce + 0 (map (lambda (p) (age p)) (filter (lambda (p) (vector-ref p 2)) (people 100)))))
; expect: 2550

(define (oldest-age ps) (age (oldest ps (car ps))))
(define (sum-ages ps) (if ps (+ (age (car ps)) (sum-ages (cdr ps))) 0))

; older versions of lists and records are kept
(define (birthday p) (vector-set p 1 (+ (age p) 1)))
(define (birthdays ps) (if ps (cons (birthday (car ps)) (birthdays (cdr ps))) nil))
(let* ((a (people 20)) (b (birthdays a)) (c (cdr (birthdays b))))
  (println (oldest-age a) (oldest-age b) (oldest-age c) (= (sum-ages a) (- (sum-ages b) 20))))
; expect: 97 98 99 t

; a tree with any number of children
(define (node k children) (vector k children))
(define (grow d k) (node k (if (= d 0) nil (children d 1 k))))
(define (children d i k) (if (> i 3) nil (cons (grow (- d 1) (+ (* k 3) i)) (children d (+ i 1) k))))
(define (total n) (+ (vector-ref n 0) (total-of (vector-ref n 1))))
(define (total-of ns) (if ns (+ (total (car ns)) (total-of (cdr ns))) 0))
(println (total (grow 6 0)))
; expect: 596778

; a queue of jobs: two lists
(define (queue front back) (vector front back))
(define (put q job) (queue (vector-ref q 0) (cons job (vector-ref q 1))))
(define (turn back front) (if back (turn (cdr back) (cons (car back) front)) front))
(define (run q n)
  (let ((front (vector-ref q 0)) (back (vector-ref q 1)))
    (cond (front (let ((job (car front)))
                   (if (> (age job) 50)
                       (run (put (queue (cdr front) back) (vector-set job 1 (- (age job) 13))) (+ n 1))
                       (run (queue (cdr front) back) (+ n (age job))))))
          (back (run (queue (turn back nil) nil) n))
          (t n))))
(println (run (queue (people 40) nil) 0))
; expect: 1460

; an error with lists under way; the first of nothing
(define (checked p) (if (= (age p) 10) (error "ten") p))
(define (all-checked ps) (if ps (cons (checked (car ps)) (all-checked (cdr ps))) nil))
(println (try (sum-ages (all-checked (people 14))) (catch (e) (error-message e))) (sum-ages (all-checked (people 2))))
; expect: ten 111
(println (try (age (car (cdr (people 1)))) (catch (e) (error-message e))))
; expect: car: expected a cons, got nil
(define (at ps i) (if (= i 0) (car ps) (at (cdr ps) (- i 1))))
(println (vector-ref (at (people 100000) 99999) 0))
; expect: 1
