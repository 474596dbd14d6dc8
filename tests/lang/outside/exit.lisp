; exit drops what is alive, passes every try, and flushes
(define (build n acc) (if (= n 0) acc (build (- n 1) (cons n acc))))
(define kept (build 10 nil))
(define (deep n l) (if (= n 0) (exit) (cons (deep (- n 1) (list n)) l)))
(println "before") ; expect: before
(let ((l (build 5 nil)))
  (try (let ((m (build 3 nil))) (try (deep 1000 l) (catch (e) (println "inner" e))) (println m))
    (catch (e) (println "outer" l)))
  (println l))
(println "never")
