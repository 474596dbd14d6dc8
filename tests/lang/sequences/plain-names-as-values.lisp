(define (call f . args) (apply f args))
(println (call seq <<1>>) (call first '(1)) (call next '(1 2)) (call rest '(1 2)) (call count <<1>>) (call get <<1>> 0)) ; expect: (1) 1 (2) (2) 1 1
(println (call conj <<>> 1) (call hash-map 1 2) (call hash-set 1) (call empty? nil) (call contains? #{1} 1)) ; expect: <<1>> {1 2} #{1} t t
(println (call keys {1 2}) (call vals {1 2}) (call dissoc {1 2} 1) (call disj #{1} 1)) ; expect: (1) (2) {} #{}
(println (call unreduced (call reduced "x")) (call reduced? 1) (call merge {1 2} {3 4})) ; expect: x nil {1 2 3 4}
(println (call get-in {1 {2 3}} '(1 2)) (call assoc-in {} '(1 2) 3)) ; expect: 3 {1 {2 3}}
