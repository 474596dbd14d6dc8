; A list of a million numbers is built, mapped, summed and dropped; a hundred times.
(define (build n list) (if (= n 0) list (build (- n 1) (cons n list))))

(define (add-one list) (if (nil? list) nil (cons (+ (car list) 1) (add-one (cdr list)))))

(define (sum list acc) (if (nil? list) acc (sum (cdr list) (+ acc (car list)))))

(println (do ((i 0 (+ i 1))
              (total 0 (+ total (sum (add-one (build 1000000 nil)) 0))))
             ((= i 100) total)))
