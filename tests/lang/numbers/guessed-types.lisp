; Bitwise operations, min, max, rounding and exact where compiled code knows or guesses the types of operands.
(define (t1 a b) (list (bitwise-and a b) (bitwise-ior a b) (bitwise-xor a b) (min a b) (max a b)))
(define big (expt 2 70))
(println (t1 1 2)) ; expect: (0 3 3 1 2)
(println (t1 -1 big)) ; expect: (1180591620717411303424 -1 -1180591620717411303425 -1 1180591620717411303424)
(println (t1 big 3)) ; expect: (0 1180591620717411303427 1180591620717411303427 3 1180591620717411303424)
(println (cdr (cdr (t1 big (- big))))) ; expect: (-2361183241434822606848 -1180591620717411303424 1180591620717411303424)
(println (try (t1 1.5 2) (catch (e) (error-message e)))) ; expect: bitwise-and: expected an integer, got 1.5
(println (try (t1 2 'a) (catch (e) (error-message e)))) ; expect: bitwise-and: expected an integer, got a
(println (try (min 2 'a) (catch (e) (error-message e)))) ; expect: min: expected a number, got a
(define (mm a b) (list (min a b) (max a b)))
(println (mm 1.0 2.0)) ; expect: (1.0 2.0)
(println (mm 2.0 1.0)) ; expect: (1.0 2.0)
(println (mm -0.0 0.0)) ; expect: (-0.0 -0.0)
(println (mm 0.0 -0.0)) ; expect: (0.0 0.0)
(println (mm (/ 0.0 0.0) 1.0)) ; expect: (+nan.0 +nan.0)
(println (mm 1.0 (/ 0.0 0.0))) ; expect: (+nan.0 +nan.0)
(println (mm 1 0.5)) ; expect: (0.5 1)
(println (mm 1/2 1)) ; expect: (1/2 1)
(define (loopf n)
  (let loop ((i 0) (x 0.5) (s 0) (lo 1e9) (hi -1e9))
    (if (= i n) (list s lo hi)
        (loop (+ i 1) (+ x 0.75) (+ s (exact (floor x)) (exact (round x))
                 (exact (truncate (- x))) (exact (ceiling x)))
              (min lo x) (max hi x)))))
(println (loopf 1000)) ; expect: (750625 0.5 749.75)
(define (ex x) (let ((y (* x 1.0))) (try (exact y) (catch (e) (error-message e)))))
(println (ex 1e18)) ; expect: 1000000000000000000
(println (ex 1e19)) ; expect: 10000000000000000000
(println (ex -9.223372036854775808e18)) ; expect: -9223372036854775808
(println (ex 9.223372036854775807e18)) ; expect: 9223372036854775808
(println (ex 0.5)) ; expect: 1/2
(println (ex -0.0)) ; expect: 0
(println (bit-count (ex 1e300))) ; expect: 23
(println (ex (/ 1.0 0.0))) ; expect: exact: expected a finite number, got +inf.0
(println (ex (/ 0.0 0.0))) ; expect: exact: expected a finite number, got +nan.0
(define (sh n)
  (let loop ((i 0) (s 1))
    (if (= i n) s
        (loop (+ i 1) (+ s (arithmetic-shift (+ i 1) 61) (arithmetic-shift s 1) (arithmetic-shift s -3))))))
(println (sh 10)) ; expect: 141717657041195940002573
(println (sh 100)) ; expect: 48748814237842682761290873172751933194585388371699717649065190305515
(define (lcg n)
  (let loop ((i 0) (s 12345678901234567))
    (if (= i n) s
        (loop (+ i 1) (remainder (+ (* s 6364136223846793005) 1442695040888963407) 9223372036854775807)))))
(println (lcg 1000)) ; expect: 5366575743101953891
(define (xs n)
  (let loop ((i 0) (s 88172645463325252))
    (if (= i n) s
        (loop (+ i 1)
              (let* ((s (bitwise-xor s (bitwise-and (arithmetic-shift s 13) 18446744073709551615)))
                     (s (bitwise-xor s (arithmetic-shift s -7))))
                (bitwise-xor s (bitwise-and (arithmetic-shift s 17) 18446744073709551615)))))))
(println (xs 100)) ; expect: 10653220568048883440
(define (m2 n)
  (let loop ((i 0) (s 0))
    (if (= i n) s
        (loop (+ i 1) (+ (modulo (* s 1000003 1000003 1000003) -97) (bitwise-and -1 i) (bitwise-and s 255))))))
(println (m2 1000)) ; expect: 1138
