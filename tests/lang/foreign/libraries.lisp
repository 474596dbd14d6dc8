; a library by its name, the C library without one; C names follow from Lisp names or are given
(foreign "libm.so.6"
  (ldexp (double int) double)
  ((whole-part "trunc") (double) double))
(foreign
  (strlen (string) size_t)
  (strcasecmp (string string) int)
  ((decimal "strtoul") (string pointer int) ulong))
(println (ldexp 1.5 4) (ldexp 3 -1) (whole-part -2.75)) ; expect: 24.0 1.5 -2.0
(println (strlen "héllo") (strlen "")) ; expect: 6 0
(println (decimal "18446744073709551615" nil 10)) ; expect: 18446744073709551615
(println (strcasecmp "ABC" "abc")) ; expect: 0
(println (map strlen '("a" "bc" "def"))) ; expect: (1 2 3)
(println (strlen 5)) ; expect error: strlen: expected a string or nil, got 5
