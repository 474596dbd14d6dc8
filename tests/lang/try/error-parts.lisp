; error values: what they hold, how they print
(define e1 (try (error "no luck" 1 "two" '(3)) (catch (e) e)))
(println (error? e1) (error? 5) (error? nil) (error? "x")) ; expect: t nil nil nil
(println (error-message e1)) ; expect: no luck
(println (error-data e1)) ; expect: (1 "two" (3))
(println (error-data (try (error "empty") (catch (e) e)))) ; expect: nil
(println (error-data (try (vector-ref <<1>> 7) (catch (e) e)))) ; expect: (7)
(println e1 (list e1)) ; expect: #error("no luck") (#error("no luck"))
(println (vector-ref (error-place e1) 1) (vector-ref (error-place e1) 2)) ; expect: 2 17
(println (vector-length (error-place (try (car 5) (catch (e) e))))) ; expect: 3
(println (eq e1 e1) (equal? e1 e1) (atom e1)) ; expect: t t t
(define (raiser) (error "from a function"))
(println (vector-ref (error-place (try (raiser) (catch (e) e))) 1)) ; expect: 12
