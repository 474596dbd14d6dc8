; the value of try: the body's, or the handler's
(println (try 1 2 (catch (e) 3))) ; expect: 2
(println (try (car 5) (catch (e) 1 'handled))) ; expect: handled
(println (try (catch (e) 1))) ; expect: nil
(println (try (car 5) (catch (e)))) ; expect: nil
(println (+ 1 (try (car nil) (catch (e) 41)))) ; expect: 42
(println (list (try (list 1 2) (catch (e) 0)) (try (cdr 1) (catch (e) (list 3))))) ; expect: ((1 2) (3))
(define (safe-car x) (try (car x) (catch (e) 'none)))
(println (safe-car '(7)) (safe-car 7) (safe-car nil)) ; expect: 7 none none
