; Functions on maps that call functions.
;
; While f computes the new value of a key, the map does not hold the old one: so f is its only owner when nobody else
; has the map, and a map in a map is changed in place too.  The key stays, with the value nil, and keeps its position.

;: (update m k f a...)
(define (update m k f . args)
  "Map m with the value of k replaced by (f value a...); the value is nil if there is none.  m may be nil or a
   vector."
  (%%check_function "update" f)
  (%%check_update "update" m k)
  (put-value m k f args))

;: (update-in m path f a...)
(define (update-in m path f . args)
  "As update, at the end of a path of keys, a list or vector, through nested maps and vectors; missing levels become
   maps."
  (%%check_function "update-in" f)
  (update-down m (%%check_path "update-in" path) nil f args))

; Walks down the keys; the collections passed wait in the list `above`, each with its key, the innermost first.
(define (update-down m keys above f args)
  (let* ((k (car keys)) (keys (cdr keys)))
    (%%check_update "update-in" m k)
    (if (nil? keys)
        (update-up (put-value m k f args) above)
        (let ((inner (%get m k)))
          (update-down inner keys (cons (cons (without-value m k inner) k) above) f args)))))

(define (update-up value above)
  (if (nil? above)
      value
      (let* ((pair (car above)) (above (cdr above)) (m (car pair)) (k (cdr pair)))
        (update-up (%assoc m k value) above))))

(define (put-value m k f args)
  (let* ((old (%get m k)) (m (without-value m k old)))
    (%assoc m k (apply f old args))))

; Numbers are not changed in place, and putting nil among them would make a vector of numbers larger.
(define (without-value m k old)
  (if (or (nil? old) (number? old)) m (%assoc m k nil)))
