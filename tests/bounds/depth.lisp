; Structures as deep as the first argument says are made, printed, compared, hashed and freed.
(define depth (string->number (car (command-line))))

(define (nest n make acc) (if (= n 0) acc (nest (- n 1) make (make acc))))

(define makers
  (list (lambda (x) (cons x nil))
        (lambda (x) (list 1 x))
        (lambda (x) (cons 1 x))
        (lambda (x) (vector x 2))
        (lambda (x) (assoc {} 'k x))
        (lambda (x) (reduced x))
        (lambda (x) (lambda () x))))

(define (try-all makers)
  (when makers
    (let ((a (nest depth (car makers) 'end)) (b (nest depth (car makers) 'end)))
      (println (equal? a b) (get (assoc {} a 'found) b 'none) (error-data (try (error "deep" a) (catch (e) e))) b))
    (try-all (cdr makers))))

(try-all makers)
