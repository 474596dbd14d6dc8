(println (shell "printf abc")) ; expect: ((out . "abc") (err . "") (exit . 0) (success . t))
(println (nth (shell "exit 7") 2) (nth (shell "printf oops 1>&2") 1)) ; expect: (exit . 7) (err . "oops")
(println (shell "kill -9 $$")) ; expect: ((out . "") (err . "") (exit . -1) (success))
