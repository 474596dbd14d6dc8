; What is stored in a vector of ints is nearly always one: a sum that may overflow.
(define (count-down counts i)
  (let* ((left (- (vector-ref counts i) 1))
         (counts (vector-set counts i left)))
    (if (> left 0) (count-down counts i) counts)))
(println (count-down (vector 3 4 5) 1)) ; expect: <<3 0 5>>

(define (add-up v n)
  (let loop ((i 0) (v v))
    (if (= i n)
        v
        (loop (+ i 1) (vector-set v (remainder i 3) (+ (vector-ref v (remainder i 3)) 4611686018427387904))))))
(println (add-up (make-vector 3 0) 3)) ; expect: <<4611686018427387904 4611686018427387904 4611686018427387904>>
(println (add-up (make-vector 3 0) 7)) ; expect: <<13835058055282163712 9223372036854775808 9223372036854775808>>

(define (take-away v n)
  (let loop ((i 0) (v v))
    (if (= i n)
        v
        (loop (+ i 1) (vector-set v 0 (- (vector-ref v 0) 4611686018427387904))))))
(define kept (vector 5 6))
(println (take-away kept 5) kept) ; expect: <<-23058430092136939515 6>> <<5 6>>

(define (prefix-sums v)
  (let loop ((i 1) (v v))
    (if (= i (vector-length v))
        v
        (loop (+ i 1) (vector-set v i (+ (vector-ref v i) (vector-ref v (- i 1))))))))
(println (prefix-sums (vector 1 2 3 4))) ; expect: <<1 3 6 10>>
(println (prefix-sums (vector 9223372036854775807 1 2 3))) ; expect: <<9223372036854775807 9223372036854775808 9223372036854775810 9223372036854775813>>

(define (store-behind v n)
  (let loop ((i 0) (v v))
    (if (> i n)
        v
        (loop (+ i 1) (vector-set v i (+ i (vector-ref v 0))))))) ; expect error: vector-set: index 3 out of bounds for length 3
(println (store-behind (vector 9223372036854775806 1 2) 2)) ; expect: <<9223372036854775806 9223372036854775807 9223372036854775808>>
(store-behind (vector 1 1 1) 3)
