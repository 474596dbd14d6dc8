"""Builds for tests: counts that stick at 255, slow paths everywhere; language tests, and programs whose n-th allocation fails."""
import os
import re
import tempfile

from . import common, repl
from .common import ROOT, command, lisp_files, parallel
from .nojit import WITH_BACKEND, build, run_language_tests

# In CI one build has both; `--full` makes each, and runs all tests on both engines.
BUILDS = [('build-memory', ['-Dstress=true', '-Dcount_bits=8'])]
FULL_BUILDS = [('build-stress', ['-Dstress=true']), ('build-counts', ['-Dcount_bits=8'])]
SAMPLE = 12
# Copies of large vectors and objects that come one by one take minutes there; each is also run by the suite lang.
SKIPPED = ('million', 'runaway')
TIMEOUT = 300

# Programs of which every allocation fails once.  Each must end well, with the same output, or with the error, caught or not.
PROGRAMS = {
    'list': '(define (build n) (if (= n 0) nil (cons n (build (- n 1)))))\n'
            '(println (reverse (map (lambda (x) (* x x)) (build 8))))\n',
    'loop': '(define (collect n acc) (if (= n 0) acc (collect (- n 1) (cons (list n) acc))))\n(println (collect 9 nil))\n',
    'strings': '(println (string-append "abc" (number->string 123456789) (string-upcase "xyz")) (string-split "a,b,c" ","))\n',
    'vectors': '(define v (make-vector 100 0))\n(println (vector-length (vector-append (vector-set v 3 "x") <<1 2.5>>)))\n',
    'maps': '(define m (assoc {"a" 1} "b" <<2 3>>))\n(println m (keys (dissoc m "a")))\n',
    'numbers': '(define (fact n) (if (= n 0) 1 (* n (fact (- n 1)))))\n(println (fact 40) (/ (fact 30) (fact 33)) (expt 3 200))\n',
    'closures': '(define (adder n) (lambda (x) (+ x n)))\n(println (map (adder 2) (list 1 2 3)) (reduce + 0 (range 10)))\n',
    'caught': '(define (build n) (if (= n 0) nil (cons n (build (- n 1)))))\n'
              '(println (try (length (build 30)) (catch (e) (error-message e))))\n(println "goes on" (build 3))\n',
    'eval': "(println (eval '(+ 1 (car (list 2 3)))))\n",
}
CAUGHT = {'caught': 'out of memory\ngoes on (3 2 1)\n'}


def judge_failed(name, result, expected):
    outputs = [expected] + ([CAUGHT[name]] if name in CAUGHT else [])
    if result.status == 0 and result.out in outputs:
        return None
    if result.status == 1 and 'error: out of memory' in result.err and any(o.startswith(result.out) for o in outputs):
        return None
    return 'exit %s, output %r, stderr %r' % (result.status, result.out, result.err[:400])


def fail_each(report, consairc, engine, step):
    """Each program again and again, with the 1st, the (1+step)th, ... request for memory refused, until none is."""
    for name, text in PROGRAMS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name + '.lisp')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            argv = [consairc, 'run', '--engine=' + engine, path]
            if engine == 'aot':
                argv = [os.path.join(folder, 'program')]
                built = command([consairc, 'build', path, '-o', argv[0]])
                if built.status != 0:
                    report.fail('memory: build of %s' % name, built.err[:300])
                    continue
            plain = command(argv, cwd=folder, env={'CONSAIR_RT': 'leaks,stats'})
            report.check('memory: %s [%s]' % (name, engine), None if plain.status == 0 else plain.err[:300])
            requests = int(re.search(r'(\d+) requests', plain.err).group(1))

            def one(n):
                return n, command(argv, cwd=folder, env={'CONSAIR_RT': 'leaks,fail=%d' % n})

            for n, result in parallel(one, range(1 + sum(name.encode()) % step, requests + 1, step)):
                report.check('memory: %s [%s], request %d fails' % (name, engine, n), judge_failed(name, result, plain.out))


def run(report):
    builds = FULL_BUILDS if common.FULL else BUILDS
    for folder, options in builds:
        why = build(os.path.join(ROOT, folder), ['--buildtype=release', '-Dllvm=shared'] + options, WITH_BACKEND)
        if why:
            report.fail('memory builds: ' + folder, why)
            continue
        consairc = os.path.join(ROOT, folder, 'driver', 'consairc')
        paths = [p for p in lisp_files('tests/lang') if not any(word in p for word in SKIPPED)]
        for engine, offset in (('interp', 0), ('jit', SAMPLE // 2)):
            run_language_tests(report, folder, consairc, engine, {'CONSAIR_RT': 'leaks'},
                               paths if common.FULL else paths[offset::SAMPLE], timeout=TIMEOUT)
        if '-Dstress=true' in options:
            report.check('%s: %s' % (folder, repl.REFUSED_CASE[0]), repl.pipe_case(repl.REFUSED_CASE, consairc))
            fail_each(report, consairc, 'aot', 1)
            fail_each(report, consairc, 'interp', 1 if common.FULL else 97)
            fail_each(report, consairc, 'jit', 7 if common.FULL else 397)
