"""Executables for AArch64, run by qemu: language programs, examples, a library called by C; the same bytes as from this machine."""
import os
import struct
import tempfile

from .common import CONSAIRC, FULL, ROOT, Result, command, judge, lisp_files, parallel

TARGET = 'aarch64-linux-gnu'
SYSROOT = os.path.join(ROOT, 'build-aarch64', 'sysroot')
QEMU = ['qemu-aarch64', '-L', SYSROOT]
CANNOT_FETCH = 75 # exit status of ./dev cross
SAMPLE = 45 # every so many of the language programs, and every second example
SLOW = {'examples/jit-demo.lisp'} # minutes under qemu

# What architectures could do differently: run on both, compared to the last byte, messages and status included.
COMPARED = {
    'floats': '''(println (map (lambda (x) (list (sin x) (exp x) (sqrt x) (atan x) (/ 1.0 x))) '(0.5 1 2.25 1e10 1e-300)))
(println (* 1.1 1.1 1.1) (+ (* 1e16 1.0000000001) -1e16) (- 0.1 (* 0.1 1.0)) (/ 0.0 0.0) (/ -1.0 0.0) (truncate 1e300))
(println (expt 2.5 10) (expt 2 0.5) (expt (expt 10 400) 0.001) (expt (/ (expt 10 400) 3) 0.01) (expt 3 1000))
(println (round 2.5) (floor -2.5) (remainder -7 2) (quotient -7 2) (modulo -7 2) (bitwise-xor -5 3) 1/3)
''',
    'registers of floats across errors': '''(define (risky x) (if (> x 2.0) (error "too large" x) (* x 2.0)))
(define (sum a b c d e f g h)
  (let ((r (try (risky (+ a h)) (catch (e) -1.0))))
    (+ a (* 2.0 b) (* 3.0 c) (* 4.0 d) (* 5.0 e) (* 6.0 f) (* 7.0 g) (* 8.0 h) (* 0.5 r))))
(define (loop i acc)
  (if (= i 0) acc
      (let ((x (/ i 100.0)))
        (loop (- i 1) (+ acc (sum x (* x 1.5) (* x 0.25) (- x 3.0) (+ x 0.125) (* x x) (- x) (/ x 3.0)))))))
(println (loop 300 0.0))
''',
    'what is owned when an error passes': '''(define (build n) (if (= n 0) (car 'end) (cons (list n (* n 1.5)) (build (- n 1)))))
(define (attempt n) (try (build n) (catch (e) (error-message e))))
(println (attempt 10) (attempt 100000))
(println (try (vector-ref (vector 1 2 3) 3) (catch (e) (error-message e))) (try (+ 1 "a") (catch (e) (error-message e))))
(println (try (map (lambda (x) (/ 10 x)) '(1 2 0)) (catch (e) (error-message e))))
(vector-ref (make-vector 3 1.5) 7)
''',
    'recursion': '''(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))
(define (even n) (if (= n 0) t (odd (- n 1))))
(define (odd n) (if (= n 0) nil (even (- n 1))))
(define (four a b c d) (if (= a 0) (list b c d) (four (- a 1) c d b)))
(println (deep 100000) (even 3000001) (four 1000000 1 2 3))
(println (try (let forever ((n 0)) (+ 1 (forever (+ n 1)))) (catch (e) (error-message e))))
(deep 100000000)
''',
    'big numbers and text': '''(define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
(println (factorial 200) (quotient (factorial 60) (factorial 50)) (/ (factorial 20) (factorial 23)))
(println (+ 9223372036854775807 1) (* 4611686018427387904 -2) (- -9223372036854775808 1) (gcd (factorial 30) (expt 6 40)))
(println (string-upcase "stra\u00dfe \u03c3") (string-length "\u00e4\u00f6\u00fc") (sort '(3 1/2 2.5)) (get {"one" 1} "one"))
''',
    'eval and C functions': '''(foreign "libm.so.6" (cbrt (double) double) (ldexp (double int) double))
(foreign (toupper (int) int) (strlen (string) uint64))
(println (cbrt 27) (ldexp 1.5 4) (toupper 97) (strlen "four"))
(println (eval '(let ((f (lambda (x) (* x x)))) (map f (list 1 2 3)))) (macroexpand '(cond (a b))))
(eval '(cbrt "x"))
''',
}


def write(folder, name, text):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
        f.write(text)


def run_both(folder, options, env):
    """Results of p.lisp, built for this machine and for the other one."""
    results = []
    for output, target, runner in (('native', [], []), ('foreign', ['--target=' + TARGET], QEMU)):
        built = command([CONSAIRC, 'build', 'p.lisp', '-o', output] + options + target, cwd=folder, timeout=120)
        if built.status != 0:
            return [Result(None, '', built.err)] * 2
        results.append(command(runner + [os.path.join(folder, output)], cwd=folder, env=env, timeout=120))
    return results


def compare(job):
    name, options = job
    with tempfile.TemporaryDirectory() as folder:
        write(folder, 'p.lisp', COMPARED[name])
        native, foreign = run_both(folder, options, {'CONSAIR_RT': 'leaks', 'CONSAIR_STACK': '32M'})
        if native.status not in (0, 1):
            return 'on this machine: exit %s: %s' % (native.status, native.err[:500])
        same = (native.status, native.out, native.err) == (foreign.status, foreign.out, foreign.err)
        return None if same else 'exit %s, %s\n%s%s\nhere\n%s%s' % (foreign.status, native.status, foreign.out[:1000], foreign.err[:1000],
                                                                 native.out[:1000], native.err[:1000])


def run_foreign(path, options, env):
    """A file built for the other machine and run; what its compilation says when that fails."""
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, 'program')
        built = command([CONSAIRC, 'build', '--target=' + TARGET, path, '-o', program] + options, cwd=folder, timeout=120)
        if built.status != 0:
            return built
        result = command(QEMU + [program], cwd=folder, env=env, timeout=300)
        return Result(result.status, result.out, built.err + result.err)


def judge_foreign(job):
    path, options = job
    return judge(path, run_foreign(path, options, {'CONSAIR_RT': 'leaks', 'CONSAIR_STACK': '256M'}))


def judge_example(path):
    result = run_foreign(path, [], {'CONSAIR_RT': 'leaks'})
    with open(path[:-len('.lisp')] + '.expected', encoding='utf-8') as f:
        return None if result.out == f.read() and result.status == 0 else 'exit %s: %s%s' % (result.status, result.out[:500], result.err[:500])


def test_programs(report):
    jobs = [(name, options) for name in COMPARED for options in (['-O2'], ['-O0'], ['--static', '-s'])
            if not (name.startswith('eval') and '--static' in options)] # a static program cannot load a library for eval
    for (name, options), why in zip(jobs, parallel(compare, jobs)):
        report.check('cross/%s %s' % (name, ' '.join(options)), why)
    paths = lisp_files('tests/lang')
    jobs = [(path, [level]) for n, path in enumerate(paths) for m, level in enumerate(('-O2', '-O0')) if FULL or n % SAMPLE == 7 * m]
    for (path, (level,)), why in zip(jobs, parallel(judge_foreign, jobs)):
        report.check('cross/%s %s' % (os.path.relpath(path, ROOT), level), why)
    examples = [path for path in lisp_files('examples') if os.path.dirname(path) == os.path.join(ROOT, 'examples')]
    examples = examples if FULL else [path for path in examples if os.path.relpath(path, ROOT) not in SLOW][::2]
    for path, why in zip(examples, parallel(judge_example, examples)):
        report.check('cross/' + os.path.relpath(path, ROOT), why)


def test_library(report, folder):
    """The example of build -shared, called by a C program of that machine."""
    source = os.path.join(ROOT, 'examples', 'shared')
    machine = ['--target=' + TARGET]
    built = command([CONSAIRC, 'build', '-shared', 'geometry.lisp', '-o', os.path.join(folder, 'libgeometry.so')] + machine, cwd=source)
    report.check('cross/library', None if built.status == 0 and not built.err else built.err)
    made = command(['clang-19', '--sysroot=' + SYSROOT, '-fuse-ld=lld-19', '-I' + folder, os.path.join(source, 'use.c'), '-L' + folder,
                    '-lgeometry', '-o', os.path.join(folder, 'use')] + machine)
    report.check('cross/C program', None if made.status == 0 else made.err[:1000])
    result = command(QEMU + ['-E', 'LD_LIBRARY_PATH=' + folder, os.path.join(folder, 'use')], env={'CONSAIR_STACK': '16M'})
    with open(os.path.join(source, 'use.expected'), encoding='utf-8') as f:
        report.check('cross/library called by C', None if result.out == f.read() and result.status == 0 else result.out + result.err)


def test_executable(report, folder):
    """The machine it is for; nothing but the C library is needed; the same bytes each time."""
    write(folder, 'p.lisp', COMPARED['big numbers and text'])
    for name in ('a', 'b'):
        command([CONSAIRC, 'build', '-s', 'p.lisp', '-o', name, '--target=' + TARGET], cwd=folder)
    with open(os.path.join(folder, 'a'), 'rb') as f, open(os.path.join(folder, 'b'), 'rb') as g:
        bytes_ = f.read()
        report.check('cross/same bytes', None if bytes_ == g.read() else 'they differ')
    kind, machine = struct.unpack('<HH', bytes_[16:20])
    report.check('cross/machine', None if (kind, machine) == (2, 183) else 'type %d, machine %d' % (kind, machine))
    read = command(['llvm-readelf-19', '-d', '-l', os.path.join(folder, 'a')])
    needed = sorted(line.split('[')[1].split(']')[0] for line in read.out.split('\n') if '(NEEDED)' in line)
    known = set(needed) <= {'libc.so.6', 'libm.so.6', 'ld-linux-aarch64.so.1'} and '/lib/ld-linux-aarch64.so.1' in read.out
    report.check('cross/needs only the C library', None if known and read.status == 0 and not read.err else read.out + read.err)


def run(report):
    made = command([os.path.join(ROOT, 'dev'), 'cross', 'aarch64'], timeout=900)
    if made.status == CANNOT_FETCH: # which says nothing about us
        print('   cross: left out, since the packages for AArch64 cannot be fetched')
        return
    report.check('cross/runtime', None if made.status == 0 else (made.out + made.err)[-2000:])
    if made.status != 0:
        return
    test_programs(report)
    for test in (test_library, test_executable):
        with tempfile.TemporaryDirectory() as folder:
            test(report, folder)
