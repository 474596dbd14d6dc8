#!/usr/bin/env python3
"""Time against size: every library function that takes or makes a sequence, on 10^4, 10^5 and 10^6 elements.

usage: bench/scaling.py [--consairc=PROGRAM] [PART-OF-A-NAME...]

A row of CASES is a name, an expression that makes the input x for n elements, not timed, and the expression that is timed.
Each row is a program of its own, run by the JIT, so a function that takes for ever is stopped alone.  A time is the
shortest of several rounds, each with a fresh input, whose freeing is part of the time; when the machine disturbs the
measurement it is repeated.  A row fails when an element costs more than LIMIT times as much at 10^6 as at 10^4: caches
explain a factor of two or three, quadratic time would be a factor of 100.  Sorting may take n log n.  Tables of 10^6
entries are far larger than the caches and are not read in order, nor are the cells of a list that is being sorted: each
element then costs a cache miss or two that it does not cost at 10^4, and SCATTERED_LIMIT holds.
The table goes to standard output and, unless names were given, to bench/SCALING.md; exit status 1 when a row fails.
"""
import argparse
import math
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SIZES = (10**4, 10**5, 10**6)
ROUNDS = (20, 5, 3)
LIMIT = 4
SCATTERED_LIMIT = 15
FASTEST = 4  # nanoseconds: below, blocks of memory are copied, and fresh pages of it cost more than the copying
ATTEMPTS = 3
TIMEOUT = 120  # seconds for all sizes of a row
N_LOG_N = {'sort', 'vector-sort'}

PRELUDE = '''
(define (numbers n) (map (lambda (i) (random 1000000)) (range n)))
(define (floats n) (map (lambda (i) (random)) (range n)))
(define (pairs n) (map (lambda (i) (cons i i)) (range n)))
(define (lists n) (map (lambda (i) (list i i)) (range n)))
(define (strings n) (map number->string (range n)))
(define (text n) (string-join (map (lambda (i) (if (= 7 (modulo i 8)) " " "x")) (range n))))
(define (wide-text n) (string-join (map (lambda (i) (if (= 7 (modulo i 8)) " " "é")) (range n))))
(define (vector-of n) (list->vector (numbers n)))
(define (boxed n) (list->vector (pairs n)))
(define (map-of n) (reduce (lambda (m i) (assoc m i i)) {} (range n)))
(define (set-of n) (reduce conj #{} (range n)))
(define (small? x) (< x 500000))
(define (up x) (+ x 1))
(define (less? x y) (< x y))
(define (add a b) (+ a b))
(define (walk xs) (if (empty? xs) nil (walk (rest xs))))
(define (walk-next xs) (if (nil? xs) nil (walk-next (next xs))))
; Calls f with 0 ... n - 1 and what the call before gave.
(define (times n f acc)
  (let loop ((i 0) (acc acc)) (if (= i n) acc (loop (+ i 1) (f acc i)))))
'''

DRIVER = '''
(define (best n rounds shortest)
  (if (= rounds 0)
      shortest
      (let* ((x (make n)) (start (current-time)) (done (progn (run n x) nil)) (time (- (current-time) start)))
        (best n (- rounds 1) (if shortest (min time shortest) time)))))
(for-each (lambda (n rounds) (println n (best n rounds nil))) '(%s) '(%s))
''' % (' '.join(map(str, SIZES)), ' '.join(map(str, ROUNDS)))

SEQUENTIAL_CASES = [
    # lists
    ('list', '(range n)', '(apply list x)'),
    ('length', '(range n)', '(length x)'),
    ('append', '(range n)', "(append x '(1))"),
    ('append of n lists', '(lists n)', '(apply append x)'),
    ('reverse', '(range n)', '(reverse x)'),
    ('nth', '(range n)', '(nth x (- n 1))'),
    ('member', '(range n)', '(member -1 x)'),
    ('assoc of a list', '(pairs n)', '(assoc -1 x)'),
    ('list?', '(range n)', '(list? x)'),
    ('equal?', '(cons (range n) (range n))', '(equal? (car x) (cdr x))'),
    ('range', 'nil', '(range n)'),
    ('range of floats', 'nil', '(range 0 n 1.0)'),
    ('apply +', '(range n)', '(apply + x)'),
    ('apply max', '(range n)', '(apply max x)'),
    ('apply <', '(range n)', '(apply < x)'),
    ('apply gcd', '(range n)', '(apply gcd x)'),
    ('map', '(range n)', '(map up x)'),
    ('map of two', '(range n)', '(map add x x)'),
    ('map of three', '(range n)', '(map + x x x)'),
    ('filter', '(numbers n)', '(filter small? x)'),
    ('for-each', '(range n)', '(for-each up x)'),
    ('for-each of two', '(range n)', '(for-each add x x)'),
    ('reduce', '(range n)', '(reduce add 0 x)'),
    ('reduce without start', '(range n)', '(reduce add x)'),
    ('sort', '(numbers n)', '(sort x)'),
    ('list->vector', '(numbers n)', '(list->vector x)'),
    ('first, rest', '(range n)', '(walk x)'),
    ('next', '(range n)', '(walk-next x)'),
    ('conj to a list', 'nil', '(times n (lambda (acc i) (conj acc i)) nil)'),
    ('count of a list', '(range n)', '(count x)'),
    ('format of a list', '(range n)', '(format "~s" x)'),
    # vectors
    ('vector', '(range n)', '(apply vector x)'),
    ('make-vector', 'nil', '(make-vector n 0)'),
    ('vector-ref', '(vector-of n)', '(times n (lambda (acc i) (vector-ref x i)) 0)'),
    ('vector-set', '(vector-of n)', '(times n (lambda (v i) (vector-set v i 0)) x)'),
    ('vector-set of lists', '(boxed n)', '(times n (lambda (v i) (vector-set v i nil)) x)'),
    ('vector-map', '(vector-of n)', '(vector-map up x)'),
    ('vector-map of two', '(vector-of n)', '(vector-map add x x)'),
    ('vector-fold', '(vector-of n)', '(vector-fold add 0 x)'),
    ('vector-for-each', '(vector-of n)', '(vector-for-each up x)'),
    ('vector-sort', '(vector-of n)', '(vector-sort x)'),
    ('subvector', '(cons (vector-of n) 0)', '(subvector (car x) 1 (- n 1))'),
    ('vector-append', '(vector-of n)', '(vector-append x x)'),
    ('vector-append of n', '(map vector (range n))', '(apply vector-append x)'),
    ('vector->list', '(vector-of n)', '(vector->list x)'),
    ('conj to a vector', 'nil', '(times n (lambda (v i) (conj v i)) <<>>)'),
    ('assoc of a vector', '(vector-of n)', '(times n (lambda (v i) (assoc v i 0)) x)'),
    ('get of a vector', '(vector-of n)', '(times n (lambda (acc i) (get x i)) 0)'),
    ('update of a vector', '(vector-of n)', '(times n (lambda (v i) (update v i up)) x)'),
    ('map over a vector', '(vector-of n)', '(map up x)'),
    ('reduce over a vector', '(list->vector (floats n))', '(reduce add 0 x)'),
    ('first, rest of a vector', '(vector-of n)', '(walk x)'),
    ('equal? of vectors', '(cons (boxed n) (boxed n))', '(equal? (car x) (cdr x))'),
    # strings: the elements are characters
    ('string-length', '(wide-text n)', '(string-length x)'),
    ('string-ref', '(text n)', '(times n (lambda (acc i) (string-ref x i)) 0)'),
    ('string-ref, wide', '(wide-text n)', '(times n (lambda (acc i) (string-ref x i)) 0)'),
    ('substring', '(wide-text n)', '(substring x 1 (- n 1))'),
    ('substring, n short ones', '(wide-text n)', '(times (- n 1) (lambda (acc i) (substring x i (+ i 1))) 0)'),
    ('string-append', '(text n)', '(string-append x x)'),
    ('string-append of n', '(strings n)', '(apply string-append x)'),
    ('string-append, one by one', 'nil', '(times n (lambda (s i) (string-append s "x")) "")'),
    ('string-join', '(strings n)', '(string-join x ", ")'),
    ('string-split', '(text n)', '(string-split x " ")'),
    ('string-contains', '(text n)', '(string-contains x "xy")'),
    ('string-contains, hard', '(text n)', '(string-contains x "xxxxxxx xxxxxxx xxxxxxx xxxxxxx y")'),
    ('string-replace', '(text n)', '(string-replace x " " ", ")'),
    ('string-trim', '(string-join (make-vector n " "))', '(string-trim x)'),
    ('string-prefix?', '(text n)', '(string-prefix? x x)'),
    ('string-suffix?', '(text n)', '(string-suffix? x x)'),
    ('string-upcase', '(wide-text n)', '(string-upcase x)'),
    ('string-downcase', '(wide-text n)', '(string-downcase x)'),
    ('string=?', '(cons (text n) (text n))', '(string=? (car x) (cdr x))'),
    ('string<?', '(cons (text n) (text n))', '(string<? (car x) (cdr x))'),
    ('apply string<=?', '(make-vector n "a")', '(apply string<=? (seq x))'),
    ('string->list', '(wide-text n)', '(string->list x)'),
    ('reduce over a string', '(wide-text n)', '(reduce (lambda (acc c) (+ acc 1)) 0 x)'),
    ('first, rest of a string', '(wide-text n)', '(walk x)'),
    ('format of a string', '(text n)', '(format "~s" x)'),
    ('spit, slurp', '(text n)', '(progn (spit "text" x) (slurp "text"))'),
    ('write-lines, read-lines', '(strings n)', '(progn (write-lines "lines" x) (read-lines "lines"))'),
]

SCATTERED_CASES = [
    ('sort less?', '(numbers n)', '(sort x less?)'),
    ('vector-sort less?', '(vector-of n)', '(vector-sort x less?)'),
    # maps
    ('hash-map', '(range (* 2 n))', '(apply hash-map x)'),
    ('assoc', 'nil', '(times n (lambda (m i) (assoc m i i)) {})'),
    ('assoc of a present key', '(map-of n)', '(times n (lambda (m i) (assoc m i 0)) x)'),
    ('get', '(map-of n)', '(times n (lambda (acc i) (get x i)) 0)'),
    ('get of strings', '(cons (reduce conj #{} (strings n)) (strings n))', '(for-each (lambda (s) (get (car x) s)) (cdr x))'),
    ('contains?', '(map-of n)', '(times n (lambda (acc i) (contains? x i)) 0)'),
    ('dissoc', '(map-of n)', '(times n (lambda (m i) (dissoc m i)) x)'),
    ('dissoc from the end', '(map-of n)', '(times n (lambda (m i) (dissoc m (- n i 1))) x)'),
    ('dissoc of n keys', '(map-of n)', '(apply dissoc x (range n))'),
    ('keys', '(map-of n)', '(keys x)'),
    ('vals', '(map-of n)', '(vals x)'),
    ('seq', '(map-of n)', '(seq x)'),
    ('merge', '(map-of n)', '(merge x x)'),
    ('merge of n', '(map (lambda (i) (hash-map i i)) (range n))', '(apply merge x)'),
    ('conj of pairs', '(pairs n)', '(apply conj {} x)'),
    ('update', '(map-of n)', '(times n (lambda (m i) (update m i up)) x)'),
    ('assoc-in', 'nil', '(times n (lambda (m i) (assoc-in m (list (quotient i 10) i) i)) {})'),
    ('get-in', '(map-of n)', '(times n (lambda (acc i) (get-in x (list i))) 0)'),
    ('update-in', '(map-of n)', '(times n (lambda (m i) (update-in m (list i) up)) x)'),
    ('map over a map', '(map-of n)', '(map count x)'),
    ('first, rest of a map', '(map-of n)', '(walk x)'),
    ('equal? of maps', '(cons (map-of n) (map-of n))', '(equal? (car x) (cdr x))'),
    ('format of a map', '(map-of n)', '(format "~s" x)'),
    # sets
    ('hash-set', '(range n)', '(apply hash-set x)'),
    ('conj to a set', '(range n)', '(reduce conj #{} x)'),
    ('conj to a set, random', '(numbers n)', '(reduce conj #{} x)'),
    ('contains? of a set', '(set-of n)', '(times n (lambda (acc i) (contains? x i)) 0)'),
    ('disj', '(set-of n)', '(times n (lambda (s i) (disj s i)) x)'),
    ('member of a set', '(set-of n)', '(member -1 x)'),
    ('filter of a set', '(set-of n)', '(filter small? x)'),
    ('first, rest of a set', '(set-of n)', '(walk x)'),
    ('equal? of sets', '(cons (set-of n) (set-of n))', '(equal? (car x) (cdr x))'),
]

CASES = SEQUENTIAL_CASES + SCATTERED_CASES
SCATTERED = {name for name, _, _ in SCATTERED_CASES}


def run_once(consairc, make, expression, folder):
    """[nanoseconds of each size], or a text when the program fails."""
    with open(os.path.join(folder, 'case.lisp'), 'w', encoding='utf-8') as f:
        f.write('%s\n(define (make n) %s)\n(define (run n x) %s)\n%s' % (PRELUDE, make, expression, DRIVER))
    try:
        done = subprocess.run([consairc, 'run', 'case.lisp'], cwd=folder, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return 'stopped after %d s' % TIMEOUT
    if done.returncode != 0:
        return 'exit %s: %s' % (done.returncode, done.stderr.split('\n')[0])
    return [int(line.split()[1]) for line in done.stdout.splitlines()]


def allowed_ratio(name):
    if name in SCATTERED:
        return SCATTERED_LIMIT
    return LIMIT * math.log(SIZES[-1]) / math.log(SIZES[0]) if name in N_LOG_N else LIMIT


def measure(consairc, name, make, expression):
    """([ns per element of each size], ratio, None), or (None, None, what went wrong)."""
    shortest = None
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ATTEMPTS):
            times = run_once(consairc, make, expression, folder)
            if isinstance(times, str):
                return None, None, times
            shortest = [min(pair) for pair in zip(times, shortest or times)]
            costs = [t / n for t, n in zip(shortest, SIZES)]
            ratio = max(costs[-1], FASTEST) / max(costs[0], FASTEST)
            if ratio <= allowed_ratio(name):
                return costs, ratio, None
    return costs, ratio, 'more than %.1f times' % allowed_ratio(name)


def main():
    parser = argparse.ArgumentParser(description='Time against size of the library functions.')
    parser.add_argument('--consairc', default=os.path.join(ROOT, 'build', 'driver', 'consairc'))
    parser.add_argument('names', nargs='*', help='parts of names; all without any')
    options = parser.parse_args()
    lines = ['| function | ns at 10^4 | ns at 10^5 | ns at 10^6 | ratio |', '|---|---:|---:|---:|---:|']
    failures = []
    for name, make, expression in CASES:
        if options.names and not any(part in name for part in options.names):
            continue
        costs, ratio, wrong = measure(os.path.abspath(options.consairc), name, make, expression)
        columns = ['%.1f' % c for c in costs] + ['%.2f' % ratio] if costs else ['-'] * 4
        if wrong:
            columns[-1] += ' **fails**'
            failures.append('%s: %s' % (name, wrong))
        lines.append('| %s | %s |' % (name, ' | '.join(columns)))
        if sys.stderr.isatty() or options.names:
            print(lines[-1], file=sys.stderr, flush=True)
    print('\n'.join(lines))
    if not options.names:
        with open(os.path.join(ROOT, 'bench', 'SCALING.md'), 'w', encoding='utf-8') as f:
            f.write('# Time against size\n\nWritten by `bench/scaling.py`: nanoseconds per element on the JIT, and the cost of '
                    'an element at 10^6\nrelative to 10^4; at most %d is allowed, %d where elements lie scattered in memory '
                    '(from `sort less?` on).\n\n'
                    % (LIMIT, SCATTERED_LIMIT))
            f.write('\n'.join(lines + ([''] + ['Fails: ' + text for text in failures] if failures else [])) + '\n')
    for text in failures:
        print('fails:', text, file=sys.stderr)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
