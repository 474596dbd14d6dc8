(define (u514-count1 n x) (if (<= n 0) (let ((v2 counter) (v3 9007199254740992.0) (v4 4503599627370493)) (- 127 127)) (clamp (min (+ (raise 't) (clamp (/ (let* ((v5 counter)) -2147483650))) (cond (t x) (t 31.171844) (t x))) (u514-count1 (- n 1) x)))))
(try (println 514 counter (shared (try (progn 255 (exact (truncate (clamp counter)))) (catch (e6) (modulo 127 2)))) (u514-count1 9 (/ (trace 9 (max -1 counter)) 10)))
  (catch (e) (if (error? e) (println 514 "error" (error-message e) (error-data e) (error-place e)) (println 514 "raised" e))))
