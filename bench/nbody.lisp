; The five largest bodies of the solar system, 3,000,000 steps: floats in small vectors.
(define solar-mass (* 4 3.141592653589793 3.141592653589793))
(define days-per-year 365.24)

(define (body x y z vx vy vz mass)
  (vector x y z (* vx days-per-year) (* vy days-per-year) (* vz days-per-year) (* mass solar-mass)))

(define (x-of b) (vector-ref b 0))
(define (y-of b) (vector-ref b 1))
(define (z-of b) (vector-ref b 2))
(define (vx-of b) (vector-ref b 3))
(define (vy-of b) (vector-ref b 4))
(define (vz-of b) (vector-ref b 5))
(define (mass-of b) (vector-ref b 6))

(define bodies
  (vector
   (body 0.0 0.0 0.0 0.0 0.0 0.0 1.0)
   (body 4.84143144246472090e+00 -1.16032004402742839e+00 -1.03622044471123109e-01
         1.66007664274403694e-03 7.69901118419740425e-03 -6.90460016972063023e-05 9.54791938424326609e-04)
   (body 8.34336671824457987e+00 4.12479856412430479e+00 -4.03523417114321381e-01
         -2.76742510726411899e-03 4.99852801234917238e-03 2.30417297573763929e-05 2.85885980666130812e-04)
   (body 1.28943695621391310e+01 -1.51111514016986312e+01 -2.23307578892655734e-01
         2.96460137564761618e-03 2.37847173959480950e-03 -2.96589568540237556e-05 4.36624404335156298e-05)
   (body 1.53796971148509165e+01 -2.59193146099879641e+01 1.79258772950371181e-01
         2.68067772490389322e-03 1.62824170038242295e-03 -9.51592254519715870e-05 5.15138902046611451e-05)))

(define (with-velocity b vx vy vz)
  (vector-set (vector-set (vector-set b 3 vx) 4 vy) 5 vz))

; The sun's velocity is such that the whole does not move.
(define (at-rest bodies)
  (define (momentum velocity) (vector-fold (lambda (sum b) (+ sum (* (velocity b) (mass-of b)))) 0.0 bodies))
  (vector-set bodies 0 (with-velocity (vector-ref bodies 0)
                                      (- (/ (momentum vx-of) solar-mass))
                                      (- (/ (momentum vy-of) solar-mass))
                                      (- (/ (momentum vz-of) solar-mass)))))

; Bodies i and j after they attracted each other for time dt.
(define (attract bodies i j dt)
  (let* ((a (vector-ref bodies i))
         (b (vector-ref bodies j))
         (dx (- (x-of a) (x-of b)))
         (dy (- (y-of a) (y-of b)))
         (dz (- (z-of a) (z-of b)))
         (square (+ (* dx dx) (* dy dy) (* dz dz)))
         (pull (/ dt (* square (sqrt square))))
         (ma (mass-of a))
         (mb (mass-of b)))
    (vector-set
     (vector-set bodies i (with-velocity a
                                         (- (vx-of a) (* dx mb pull))
                                         (- (vy-of a) (* dy mb pull))
                                         (- (vz-of a) (* dz mb pull))))
     j (with-velocity b
                      (+ (vx-of b) (* dx ma pull))
                      (+ (vy-of b) (* dy ma pull))
                      (+ (vz-of b) (* dz ma pull))))))

(define (attract-all bodies dt)
  (let outer ((i 0) (bodies bodies))
    (if (= i (vector-length bodies))
        bodies
        (let inner ((j (+ i 1)) (bodies bodies))
          (if (= j (vector-length bodies))
              (outer (+ i 1) bodies)
              (inner (+ j 1) (attract bodies i j dt)))))))

(define (move b dt)
  (vector-set (vector-set (vector-set b 0 (+ (x-of b) (* dt (vx-of b))))
                          1 (+ (y-of b) (* dt (vy-of b))))
              2 (+ (z-of b) (* dt (vz-of b)))))

(define (advance bodies dt)
  (vector-map (lambda (b) (move b dt)) (attract-all bodies dt)))

(define (kinetic-energy b)
  (* 0.5 (mass-of b) (+ (* (vx-of b) (vx-of b)) (* (vy-of b) (vy-of b)) (* (vz-of b) (vz-of b)))))

(define (potential-energy a b)
  (let ((dx (- (x-of a) (x-of b)))
        (dy (- (y-of a) (y-of b)))
        (dz (- (z-of a) (z-of b))))
    (/ (* (mass-of a) (mass-of b)) (sqrt (+ (* dx dx) (* dy dy) (* dz dz))))))

(define (energy bodies)
  (let outer ((i 0) (e 0.0))
    (if (= i (vector-length bodies))
        e
        (let ((a (vector-ref bodies i)))
          (let inner ((j (+ i 1)) (e (+ e (kinetic-energy a))))
            (if (= j (vector-length bodies))
                (outer (+ i 1) e)
                (inner (+ j 1) (- e (potential-energy a (vector-ref bodies j))))))))))

(define (run n bodies)
  (if (= n 0)
      bodies
      (run (- n 1) (advance bodies 0.01))))

(println (exact (floor (* -1e9 (energy (run 3000000 (at-rest bodies)))))))
