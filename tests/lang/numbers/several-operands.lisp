; Operations of several operands: one after the other, but all of them evaluated first.
(define (f a b c) (list (min a b c) (max a b c) (bitwise-and a b c) (bitwise-ior a b c 1) (bitwise-xor a b c a)))
(println (f 3 5 9) (f -1 (expt 2 80) 7)) ; expect: (3 9 1 15 12) (-1 1208925819614629174706176 0 -1 1208925819614629174706183)
(println (try (min 1 2 'c) (catch (e) (list (error-message e) (error-data e))))) ; expect: ("min: expected a number, got c" (c))
(println (try (bitwise-and 1 2.5 'c) (catch (e) (list (error-message e) (error-data e))))) ; expect: ("bitwise-and: expected an integer, got 2.5" (2.5))
(println (try (max 1 (/ 0.0 0.0) 'c) (catch (e) (list (error-message e) (error-data e))))) ; expect: ("max: expected a number, got c" (c))
(println (try (max 'a (progn (println 'late) 1) 2) (catch (e) (list (error-message e) (error-data e))))) ; expect: late
; expect: ("max: expected a number, got a" (a))
(println (min 1 2.0 1/2) (max 1 2.0 2) (min 5) (bitwise-and) (bitwise-xor 6)) ; expect: 1/2 2.0 5 -1 6
