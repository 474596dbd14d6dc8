; Flips of the prefixes of all permutations of 10 numbers: small vectors changed in place.
(define (swap v i j)
  (let ((x (vector-ref v i)))
    (vector-set (vector-set v i (vector-ref v j)) j x)))

(define (reverse-prefix v i j)
  (if (< i j)
      (reverse-prefix (swap v i j) (+ i 1) (- j 1))
      v))

; How often the prefix as long as the first number says is reversed until that number is 0.
(define (flips v count)
  (let ((first (vector-ref v 0)))
    (if (= first 0)
        count
        (flips (reverse-prefix v 0 first) (+ count 1)))))

; The first number moves behind the r numbers after it.
(define (rotate v r)
  (let ((first (vector-ref v 0)))
    (do ((i 0 (+ i 1))
         (v v (vector-set v i (vector-ref v (+ i 1)))))
        ((= i r) (vector-set v r first)))))

; counts[i]: the rotations of the first i + 1 numbers that are left.
(define (refill counts r)
  (if (= r 1)
      counts
      (refill (vector-set counts (- r 1) r) (- r 1))))

(define (fannkuch n)
  (let next ((perm (list->vector (range n)))
             (counts (refill (make-vector n 0) n))
             (index 0)
             (checksum 0)
             (most 0))
    (let* ((count (flips perm 0))
           (checksum (if (= (remainder index 2) 0) (+ checksum count) (- checksum count)))
           (most (max most count)))
      (let permute ((perm perm) (counts counts) (r 1))
        (if (= r n)
            (println checksum most)
            (let* ((perm (rotate perm r))
                   (left (- (vector-ref counts r) 1))
                   (counts (vector-set counts r left)))
              (if (> left 0)
                  (next perm (refill counts r) (+ index 1) checksum most)
                  (permute perm counts (+ r 1)))))))))

(fannkuch 10)
