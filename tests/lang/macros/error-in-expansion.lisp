(defmacro broken (x) (car x))
(println (broken 5)) ; expect error: car: expected a cons, got 5
