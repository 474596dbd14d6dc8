; Every type of `foreign`, both ways, with the library that demo.c makes.
(foreign "libdemo.so"
  (add-int8 (int8 int8) int8)
  (add-uint8 (uint8 uint8) uint8)
  (add-int16 (int16 int16) int16)
  (add-uint16 (uint16 uint16) uint16)
  (add-int32 (int32 int32) int32)
  (add-uint32 (uint32 uint32) uint32)
  (add-int64 (int64 int64) int64)
  (add-uint64 (uint64 uint64) uint64)
  (add-float (float float) float)
  (add-double (double double) double)
  ((odd-number? "is_odd") (int) bool)
  (negate (bool) bool)
  (dot (double* double* size_t) double)
  (sum-ints (int64* size_t) int64)
  (scale (double (inout double*) size_t) void)
  (sort-ints ((inout int64*) size_t) int64)
  (swap-vectors ((inout double*) (inout int64*) size_t) void)
  (greeting () string)
  (no-text () string)
  (broken-text () string)
  (repeat (string int) owned-string)
  (length-or-zero (string) size_t)
  (cell-new (int) pointer)
  (cell-get (pointer) int)
  (cell-free (pointer) void)
  (mixed (int8 double int16 float int64 double uint8 float int32 double uint32 float uint64 double bool double) double)
  (many-floats (double double double double double double double double float double float double) double)
  (many-ints (int8 int16 int32 int64 uint8 uint16 uint32 uint64 int8 int16 int32 int64 uint8 uint16 uint32 uint64) int64)
  (nothing () void))

(define (failure f . operands) (try (apply f operands) (catch (e) (error-message e))))

; integers wrap in C, never in the conversion
(println (add-int8 100 27) (add-int8 100 28) (add-int8 -128 -1)) ; expect: 127 -128 127
(println (add-uint8 250 5) (add-uint8 250 6)) ; expect: 255 0
(println (add-int16 32767 1) (add-uint16 65535 1)) ; expect: -32768 0
(println (add-int32 2147483647 1) (add-uint32 4294967295 1) (add-uint32 4294967295 0)) ; expect: -2147483648 0 4294967295
(println (add-int64 9223372036854775807 1) (add-int64 -1 -1)) ; expect: -9223372036854775808 -2
(println (add-uint64 9223372036854775807 1) (add-uint64 18446744073709551615 0)) ; expect: 9223372036854775808 18446744073709551615
(println (failure add-int8 128 0)) ; expect: add-int8: expected an integer from -128 to 127, got 128
(println (failure add-uint8 0 -1)) ; expect: add-uint8: expected an integer from 0 to 255, got -1
(println (failure add-int16 'a 0)) ; expect: add-int16: expected an integer from -32768 to 32767, got a
(println (failure add-uint16 1.0 0)) ; expect: add-uint16: expected an integer from 0 to 65535, got 1.0
(println (failure add-int32 0 2147483648)) ; expect: add-int32: expected an integer of 32 bits, got 2147483648
(println (failure add-uint32 4294967296 0)) ; expect: add-uint32: expected an integer of 32 bits without sign, got 4294967296
(println (failure add-int64 9223372036854775808 0)) ; expect: add-int64: expected an integer of 64 bits, got 9223372036854775808
(println (failure add-uint64 -1 0)) ; expect: add-uint64: expected an integer of 64 bits without sign, got -1
(println (failure add-uint64 18446744073709551616 0)) ; expect: add-uint64: expected an integer of 64 bits without sign, got 18446744073709551616
(println (failure add-uint64 1/2 0)) ; expect: add-uint64: expected an integer of 64 bits without sign, got 1/2

; floating point takes any number
(println (add-float 0.1 0.2) (add-float 1 1/2)) ; expect: 0.30000001192092896 1.5
(println (add-double 0.1 0.2) (add-double 1/4 100000000000000000000)) ; expect: 0.30000000000000004 1e20
(println (failure add-double "1" 2)) ; expect: add-double: expected a number, got "1"
(println (failure add-float nil 2)) ; expect: add-float: expected a number, got nil

; truth
(println (odd-number? 3) (odd-number? 4) (negate nil) (negate 0)) ; expect: t nil t nil

; strings
(println (greeting) (no-text) (string-length (broken-text))) ; expect: héllo nil 3
(println (repeat "ab" 3) (repeat "" 5)) ; expect: ababab 
(println (length-or-zero "héllo") (length-or-zero nil)) ; expect: 6 0
(println (failure length-or-zero 'a)) ; expect: length-or-zero: expected a string or nil, got a
(println (string-prefix? "length-or-zero: expected a string without NUL characters" (failure length-or-zero "a\0b"))) ; expect: t

; pointers
(define cell (cell-new 42))
(println (cell-get cell) (integer? cell) (cell-free cell) (cell-free nil)) ; expect: 42 t nil nil
(println (failure cell-get "a")) ; expect: cell-get: expected a pointer (an address or nil), got "a"

; packed vectors, as they are
(println (dot <<1.0 2.0 3.0>> <<4.0 5.0 6.0>> 3)) ; expect: 32.0
(println (dot <<1 2.0 1/2>> <<4.0 5 6>> 3)) ; expect: 17.0
(println (sum-ints <<1 2 3>> 3) (sum-ints <<>> 0)) ; expect: 6 0
(println (failure dot '(1.0) <<1.0>> 1)) ; expect: dot: expected a vector of numbers, got (1.0)
(println (failure dot '<<1.0 a>> <<1.0 1.0>> 2)) ; expect: dot: expected a vector of numbers, got <<1.0 a>>
(println (failure sum-ints <<1 2.0>> 2)) ; expect: sum-ints: expected a vector of integers of 64 bits, got <<1 2.0>>

; vectors that C changes: the caller's own stay what they are
(define v <<1.0 2.0 3.0>>)
(println (scale 2 v 3) v) ; expect: <<2.0 4.0 6.0>> <<1.0 2.0 3.0>>
(println (scale 10 (scale 2 (make-vector 3 1.0) 3) 3)) ; expect: <<20.0 20.0 20.0>>
(println (scale 2 <<1 2>> 2) (scale 2 '<<1 2.5>> 2)) ; expect: <<2.0 4.0>> <<2.0 5.0>>
(println (sort-ints <<3 1 2>> 3)) ; expect: (1 <<1 2 3>>)
(println (swap-vectors <<1.0 2.0>> <<3 4>> 2)) ; expect: (<<3.0 4.0>> <<1 2>>)
(define (repeat-scale x n) (if (= n 0) x (repeat-scale (scale 2 x 3) (- n 1))))
(println (repeat-scale v 10) v) ; expect: <<1024.0 2048.0 3072.0>> <<1.0 2.0 3.0>>
(println (failure scale 'x v 3)) ; expect: scale: expected a number, got x

; registers and stack
(println (mixed 1 2 3 4 5 6 7 8 9 10 11 12 13 14 t 16)) ; expect: 1286.0
(println (many-floats 1 2 3 4 5 6 7 8 9 10 11 12)) ; expect: 650.0
(println (many-ints -1 -2 -3 -4 5 6 7 8 -9 -10 -11 -12 13 14 15 16)) ; expect: 544
(println (nothing)) ; expect: nil

; functions like others
(println (map add-double '(1.0 2.0) '(3.0 4.0)) (apply add-int64 '(1 2))) ; expect: (4.0 6.0) 3
(println (failure add-double 1)) ; expect: add-double: expected 2 arguments, got 1
(define (count-odd n) (let loop ((i 0) (odd 0)) (if (= i n) odd (loop (+ i 1) (if (odd-number? i) (+ odd 1) odd)))))
(println (count-odd 1000)) ; expect: 500
(defmacro at-compile-time () (add-int64 20 22))
(println (at-compile-time)) ; expect: 42
(let ((add-double (lambda (a b) 'mine))) (println (add-double 1 2))) ; expect: mine
(define (nothing) 'redefined)
(println (nothing)) ; expect: redefined
(add-int8 "x" 1) ; expect error: add-int8: expected an integer from -128 to 127, got "x"
