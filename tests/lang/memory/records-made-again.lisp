; Records that are taken apart and made again with some fields changed: in place when nobody else holds them, else not.
(define (node color left key right) (vector color left key right))
(define (key n) (vector-ref n 2))
(define (add tree k)
  (if (nil? tree)
      (node "new" nil k nil)
      (let ((c (vector-ref tree 0)) (l (vector-ref tree 1)) (m (vector-ref tree 2)) (r (vector-ref tree 3)))
        (cond ((< k m) (node c (add l k) m r))
              ((> k m) (node c l m (add r k)))
              (t (node "again" l m r))))))
(define (keys tree)
  (if (nil? tree) nil (append (keys (vector-ref tree 1)) (cons (key tree) (keys (vector-ref tree 3))))))
(define (add-all tree ks) (if (nil? ks) tree (add-all (add tree (car ks)) (cdr ks))))
(define one (add-all nil (list 5 3 8 1 4)))
(define two (add-all one (list 7 3 9)))
(println (keys one) (keys two)) ; expect: (1 3 4 5 8) (1 3 4 5 7 8 9)
(println (vector-ref (vector-ref one 1) 0) (vector-ref (vector-ref two 1) 0)) ; expect: new again
(println one) ; expect: <<"new" <<"new" <<"new" nil 1 nil>> 3 <<"new" nil 4 nil>>>> 5 <<"new" nil 8 nil>>>>
; an error below leaves what others hold as it was, and nothing behind
(println (try (add one "x") (catch (e) (error-message e)))) ; expect: <: expected a number, got "x"
(println (try (add (add-all nil (list 5 3 8)) "x") (catch (e) (error-message e)))) ; expect: <: expected a number, got "x"
(println (keys one)) ; expect: (1 3 4 5 8)
(define (deep n) (if (= n 0) (node (list "leaf") nil 1 nil) (node (list n) (deep (- n 1)) (list n n) (deep (- n 1)))))
(define (change n at)
  (if (nil? n)
      (error "no such place" at)
      (let ((c (vector-ref n 0)) (l (vector-ref n 1)) (k (vector-ref n 2)) (r (vector-ref n 3)))
        (if (nil? at)
            (node "here" l k r)
            (if (= (car at) 0) (node c (change l (cdr at)) k r) (node c l k (change r (cdr at))))))))
(println (change (deep 2) (list 0 1))) ; expect: <<(2) <<(1) <<("leaf") nil 1 nil>> (1 1) <<"here" nil 1 nil>>>> (2 2) <<(1) <<("leaf") nil 1 nil>> (1 1) <<("leaf") nil 1 nil>>>>>>
(println (try (change (deep 3) (list 0 1 1 0)) (catch (e) (error-message e)))) ; expect: no such place
; fields that change places, come twice or go
(define (turn n)
  (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2)) (d (vector-ref n 3)))
    (node a c (list b) d)))
(define (twice n)
  (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2))) (node a b b (list c "more"))))
(define (both n)
  (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2)) (d (vector-ref n 3)))
    (list (node a nil c (list 1 2)) (node (list a) b c d))))
(define (fresh) (node (list "a") (list "b") (list "c") (list "d")))
(println (turn (fresh)) (turn (turn (fresh)))) ; expect: <<("a") ("c") (("b")) ("d")>> <<("a") (("b")) (("c")) ("d")>>
(println (twice (fresh))) ; expect: <<("a") ("b") ("b") (("c") "more")>>
(println (both (fresh))) ; expect: (<<("a") nil ("c") (1 2)>> <<(("a")) ("b") ("c") ("d")>>)
(define kept (fresh))
(println (turn kept) (twice kept) (both kept) kept) ; expect: <<("a") ("c") (("b")) ("d")>> <<("a") ("b") ("b") (("c") "more")>> (<<("a") nil ("c") (1 2)>> <<(("a")) ("b") ("c") ("d")>>) <<("a") ("b") ("c") ("d")>>
; vectors that are longer, stored in another way, changed before, or none
(println (turn (vector (list "a") 2 3 4 (list 5) (list 6)))) ; expect: <<("a") 3 (2) 4>>
(println (turn (vector 1 2 3 4)) (turn (vector 1.5 2.5 3.5 4.5)) (turn (make-vector 9 t))) ; expect: <<1 3 (2) 4>> <<1.5 3.5 (2.5) 4.5>> <<t t (t) t>>
(println (turn (vector-append (vector "a" "b") (vector "c" (list "d"))))) ; expect: <<"a" "c" ("b") ("d")>>
(println (turn '<<"a" "b" "c" "d">>)) ; expect: <<"a" "c" ("b") "d">>
(println (try (turn (vector 1 2 3)) (catch (e) (error-message e)))) ; expect: vector-ref: index 3 out of bounds for length 3
(println (try (turn (list 1 2 3 4)) (catch (e) (error-message e)))) ; expect: vector-ref: expected a vector, got (1 2 3 4)
; on some ways only, in a loop, and with an error behind what is made again
(define (maybe n what)
  (let ((a (vector-ref n 0)) (b (vector-ref n 1)) (c (vector-ref n 2)) (d (vector-ref n 3)))
    (cond ((= what 0) (list a d))
          ((= what 1) (vector a b "x" d))
          ((= what 2) (error "two" (list a b)))
          (t (let ((m (vector a b c (list what)))) (if (= what 3) m (car (vector-ref m 2))))))))
(define (try-maybe n what) (try (maybe n what) (catch (e) (list (error-message e)))))
(println (map (lambda (what) (try-maybe (fresh) what)) (list 0 1 2 3 4))) ; expect: ((("a") ("d")) <<("a") ("b") "x" ("d")>> ("two") <<("a") ("b") ("c") (3)>> "c")
(println (map (lambda (what) (try-maybe kept what)) (list 0 1 2 3 4))) ; expect: ((("a") ("d")) <<("a") ("b") "x" ("d")>> ("two") <<("a") ("b") ("c") (3)>> "c")
(define (count-up n times)
  (if (= times 0)
      n
      (count-up (let ((a (vector-ref n 0)) (b (vector-ref n 1))) (vector a (cons times b))) (- times 1))))
(println (count-up (vector "sum" nil) 5) (count-up (vector (list 1) (list 0)) 2)) ; expect: <<"sum" (1 2 3 4 5)>> <<(1) (1 2 0)>>
; the least row that is known of a vector of rows
(define (sum-of rows i total)
  (if (= i 3) total (sum-of rows (+ i 1) (+ total (vector-ref (vector-ref rows 0) i) (vector-ref (vector-ref rows 1) i)))))
(define (second-row rows row) (let ((a (vector-ref rows 0))) (if (vector-ref rows 1) (vector a row) nil)))
(define rows (vector (make-vector 3 1) (make-vector 3 2)))
(println (sum-of rows 0 0)) ; expect: 9
(println (try (sum-of (second-row rows (make-vector 2 5)) 0 0) (catch (e) (error-message e)))) ; expect: vector-ref: index 2 out of bounds for length 2
