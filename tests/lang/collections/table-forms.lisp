; Tables of every size and form: without an index, with one, shared (then a tree), grown again; old versions stay.
(define (fill m from to) (if (= from to) m (fill (assoc m (* from 3) from) (+ from 1) to)))
(define (sum m from to)
  (do ((i from (+ i 1)) (s 0 (+ s (get m (* i 3) 1000000)))) ((= i to) s)))
(define (empty-out m from to) (if (= from to) m (empty-out (dissoc m (* from 3)) (+ from 1) to)))

; each size: fill, keep a version, change the other one, look at both
(define (sizes size)
  (let* ((m (fill {} 0 size))
         (changed (assoc m 0 -1))
         (more (fill changed size (* 2 size)))
         (less (empty-out m 1 size)))
    (list size (count m) (sum m 0 size) (get changed 0) (count more) (sum more 0 (* 2 size)) (count less) (keys less)
          (equal? m (fill {} 0 size)) (equal? m changed) (equal? (fill (dissoc more 0) 0 1) (fill {} 0 (* 2 size)))
          (equal? less {0 0}))))
(println (sizes 1))
; expect: (1 1 0 -1 2 0 1 (0) t nil t t)
(println (sizes 8))
; expect: (8 8 28 -1 16 119 1 (0) t nil t t)
(println (sizes 9))
; expect: (9 9 36 -1 18 152 1 (0) t nil t t)
(println (sizes 32))
; expect: (32 32 496 -1 64 2015 1 (0) t nil t t)
(println (sizes 33))
; expect: (33 33 528 -1 66 2144 1 (0) t nil t t)
(println (sizes 100))
; expect: (100 100 4950 -1 200 19899 1 (0) t nil t t)
(println (sizes 5000))
; expect: (5000 5000 12497500 -1 10000 49994999 1 (0) t nil t t)

; every version stays as it was
(define (versions m i n acc) (if (= i n) acc (versions (assoc m (remainder (* i 7) 50) i) (+ i 1) n (cons m acc))))
(define all (versions {} 0 200 nil))
(println (map count (list (nth all 0) (nth all 150) (nth all 199))) (get (nth all 0) 7) (get (nth all 150) 7) (get (nth all 199) 7))
; expect: (50 49 0) 151 1 nil
(println (reduce + 0 (map (lambda (m) (reduce + 0 (vals m))) all)))
; expect: 762100

; order of insertion, with holes, after numbers were given anew
(define (churn m i) (if (= i 100) m (churn (dissoc (assoc m i (- i)) (- i 5)) (+ i 1))))
(println (churn {} 0))
; expect: {95 -95 96 -96 97 -97 98 -98 99 -99}
(println (keys (assoc (dissoc {1 1 2 2 3 3} 1) 1 1)))
; expect: (2 3 1)
(println (conj (disj (conj #{} 1 2 3 4 5 6 7 8 9 10) 1 5 10) 5))
; expect: #{2 3 4 6 7 8 9 5}
(define (queue q i) (if (= i 1000) q (queue (if (< i 10) (conj q i) (disj (conj q i) (first q))) (+ i 1))))
(println (queue #{} 0))
; expect: #{990 991 992 993 994 995 996 997 998 999}

; keys of every kind, few of them and many
(define keys-of-all (list 1 1.0 -0.0 "one" "" 'one :one nil t (list 1 2) <<1 2>> {1 2} #{1} 1/2 100000000000000000000))
(define (put-all m ks) (if (nil? ks) m (put-all (assoc m (car ks) (list (car ks))) (cdr ks))))
(define small (put-all {} keys-of-all))
(define large (put-all (fill {} 0 100) keys-of-all))
(define asked
  (list 1 1.0 0.0 (string-append "o" "ne") (substring "a" 0 0) 'one :one nil t (list 1 2) <<1 2>> {1 2} #{1} 2/4 (* 10000000000 10000000000)))
(println (map (lambda (k) (car (get small k '(none)))) asked))
; expect: (1 1.0 -0.0 "one" "" one :one nil t (1 2) <<1 2>> {1 2} #{1} 1/2 100000000000000000000)
(println (equal? (map (lambda (k) (get small k)) asked) (map (lambda (k) (get large k)) asked)))
; expect: t
(println (map (lambda (k) (get small k 'none)) (list 2 "two" 'two (list 1) <<1>> {1 3} #{2} 1/3 0)))
; expect: (none none none none none none none none none)
(println (count (reduce dissoc large asked)) (contains? small 0) (contains? small 0.0))
; expect: 100 nil t

; what assoc of one key takes and refuses
(println (assoc nil 'a 1) (assoc <<1 2>> 1 'x) (assoc <<1 2>> 2 'y) (get <<1 2>> 1) (get <<1 2>> 2 'no) (get "abc" 1) (get #{1 "x"} "x") (get 5 1) (get nil 1 2))
; expect: {a 1} <<1 x>> <<1 2 y>> 2 no b x nil 2
(define (message f) (try (f) (catch (e) (error-message e))))
(println (message (lambda () (assoc "abc" (list 1) (list 2)))))
; expect: assoc: expected a map or vector, got "abc"
(println (message (lambda () (assoc <<1 2>> 3 (list 2)))))
; expect: assoc: index 3 out of bounds for length 2
(println (message (lambda () (assoc <<1 2>> (list 1) (list 2)))))
; expect: assoc: expected an integer index, got (1)

; a literal is never changed, however often it is used
(define (literal i) (assoc {:a 1 :b 2} :a i))
(println (literal 5) (literal 6) (get {:a 1 :b 2} :a))
; expect: {:a 5 :b 2} {:a 6 :b 2} 1
(define big-literal
  {1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9 10 10 11 11 12 12 13 13 14 14 15 15 16 16 17 17 18 18 19 19 20 20
   21 21 22 22 23 23 24 24 25 25 26 26 27 27 28 28 29 29 30 30 31 31 32 32 33 33 34 34 35 35 36 36 37 37})
(println (count (dissoc big-literal 1 2 3)) (get (assoc big-literal 37 0) 37) (get big-literal 37) (count (assoc big-literal 38 0)) (count big-literal))
; expect: 34 0 37 38 37

; many operands, most of them the same; keys that come twice in a small map; a map merged with itself
(define (repeat x n l) (if (= n 0) l (repeat x (- n 1) (cons x l))))
(println (apply hash-set (repeat 1 10000 (list 2 3))) (apply hash-map (repeat 1 10000 (list 2 3))))
; expect: #{1 2 3} {1 1 2 3}
(define (small a b) {a 1 b 2 "x" 3})
(println (small 'k 'k) (small 1 1.0) (small "x" "y") (small "y" (string-append "" "y")))
; expect: {k 2 "x" 3} {1 1 1.0 2 "x" 3} {"x" 3 "y" 2} {"y" 2 "x" 3}
(println (count (merge big-literal big-literal)) (count (merge (fill {} 0 100) (fill {} 50 150))) (equal? big-literal (merge big-literal big-literal)))
; expect: 37 150 t

; two keys with the same hash
(define (twins a b) {a 1 b 2})
(println (twins 33416 68132) (get (twins 33416 68132) 68132) (get (twins 68132 33416) 68132) (dissoc (twins 33416 68132) 33416))
; expect: {33416 1 68132 2} 2 1 {68132 2}
(define many (assoc (fill {} 0 100) 33416 'a 68132 'b))
(println (get many 33416) (get many 68132) (contains? (dissoc many 33416) 33416) (get (dissoc many 33416) 68132) (equal? (twins 1 2) {2 2 1 1}))
; expect: a b nil b t
