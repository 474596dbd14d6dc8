; Characters of long texts by index, in any order, against the list of characters.
(random-seed 18)

(define letters <<"a" " " "é" "λ" "語" "😀">>)
(define (random-text n)
  (let ((alphabet (+ 1 (random 6))))
    (map (lambda (i) (vector-ref letters (random alphabet))) (range n))))

; The next index: near the last one, the same one or anywhere.
(define (next-index i n)
  (let ((j (case (random 4)
             ((0) (+ i 1))
             ((1) (- i 1))
             ((2) (+ i (- (random 1200) 600)))
             (else (random n)))))
    (if (<= 0 j (- n 1)) j (random n))))

; Two texts take turns; they grow in place, and one of them is freed and made anew now and then.
(define (same? text chars) (= (string-length text) (vector-length chars)))
(define (at-same-place? text chars i) (equal? (string-ref text i) (vector-ref chars i)))
(define (same-part? text chars i j)
  (equal? (substring text i j) (string-join (subvector chars i j))))

(define (walk steps i text chars other other-chars)
  (if (= steps 0)
      t
      (let* ((n (vector-length chars)) (i (next-index i n)) (j (min n (+ i (random 20)))))
        (cond ((not (and (same? text chars) (at-same-place? text chars i) (same-part? text chars i j)))
               (println "differs at" i "in" text))
              ((= 0 (random 10)) (walk (- steps 1) i other other-chars text chars))
              ((= 0 (random 10))
               (let ((more (random-text 3)))
                 (walk (- steps 1) i (string-append text (string-join more)) (reduce conj chars more) other other-chars)))
              ((= 0 (random 20))
               (let ((fresh (random-text n)))
                 (walk (- steps 1) i (string-join fresh) (list->vector fresh) other other-chars)))
              (t (walk (- steps 1) i text chars other other-chars))))))

(define (start steps n m)
  (let ((a (random-text n)) (b (random-text m)))
    (walk steps 0 (string-join a) (list->vector a) (string-join b) (list->vector b))))

(println (if (and (start 2000 10 5000) (start 500 3000 2000) (start 500 200 300)) 'ok 'failed)) ; expect: ok
