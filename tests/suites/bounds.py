"""No growth, any depth, and what happens when memory runs out: programs of tests/bounds, measured."""
import os
import re
import tempfile

from . import common
from .common import CONSAIRC, ROOT, command, parallel

ENGINES = ['interp', 'jit', 'aot']
TIMEOUT = 3000


def run_bounded(engine, name, arguments, env=None, limit_kib=None):
    """The program of tests/bounds, on an engine; limit_kib: of address space, as `ulimit -v`."""
    path = os.path.join(ROOT, 'tests', 'bounds', name + '.lisp')
    with tempfile.TemporaryDirectory() as folder:
        argv = [CONSAIRC, 'run', '--engine=' + engine, path]
        if engine == 'aot':
            argv = [os.path.join(folder, 'program')]
            built = command([CONSAIRC, 'build', path, '-o', argv[0]])
            if built.status != 0:
                return built
        if limit_kib:
            argv = ['sh', '-c', 'ulimit -v %d; exec "$@"' % limit_kib, 'sh'] + argv
        return command(argv + arguments, cwd=folder, env=dict(env or {}, CONSAIR_RT='leaks,stats'), timeout=TIMEOUT)


def peak_kib(result):
    return int(re.search(r'peak memory (\d+) KiB', result.err).group(1))


def object_kib(result):
    return int(re.search(r'of that objects (\d+) KiB', result.err).group(1))


def judge_depth(job):
    """On a stack of one megabyte: whatever used it in proportion to the data would fail."""
    engine, depth = job
    result = run_bounded(engine, 'depth', [str(depth)], {'CONSAIR_STACK': '1M'})
    lines = result.out.split('\n')
    if result.status != 0 or len(lines) != 8:
        return 'exit %s, %d lines, stderr %s' % (result.status, len(lines), result.err[-300:])
    wrong = [line[:50] for line in lines[:6] if not line.startswith('t found (') or len(line) < 2 * depth]
    return 'line %r' % wrong if wrong else None


def judge_growth(job):
    """Ten times as much work wants no more memory."""
    engine, name, count, answers = job
    results = [run_bounded(engine, name, [str(n)]) for n in (count, 10 * count)]
    for result, answer in zip(results, answers):
        if result.status != 0 or result.out != answer + '\n':
            return 'exit %s, %r, stderr %s' % (result.status, result.out[:100], result.err[-300:])
    peaks = [peak_kib(result) for result in results]
    return None if peaks[1] < peaks[0] + 2048 else 'peaks %s KiB' % peaks


def judge_sieve(engine):
    count, primes = (10000000, 664579) if common.FULL else (1000000, 78498)
    result = run_bounded(engine, 'sieve', [str(count)])
    if result.status != 0 or result.out != '%d\n' % primes:
        return 'exit %s, %r, stderr %s' % (result.status, result.out[:100], result.err[-300:])
    return None if object_kib(result) < 8 * count / 1024 * 1.1 + 200 else '%d KiB of objects' % object_kib(result)


def judge_long(engine):
    """A megabyte of stack, and no more memory than two lists take."""
    count = 10 ** (8 if common.FULL else 6)
    result = run_bounded(engine, 'long', [str(count)], {'CONSAIR_STACK': '1M'})
    if result.status != 0 or result.out != '%d t %d\nfound\n' % (count, count * (count - 1) // 2):
        return 'exit %s, %r, stderr %s' % (result.status, result.out[:100], result.err[-300:])
    cell = 24
    return None if object_kib(result) < 2 * count * cell / 1024 * 1.01 + 200 else '%d KiB of objects' % object_kib(result)


def judge_shortage(engine):
    limit = 500000 if engine == 'aot' else 900000
    if engine == 'interp':
        limit = 700000
    result = run_bounded(engine, 'shortage', [], {'CONSAIR_STACK': '64M'}, limit)
    expected = 'start\n' + 11 * 'out of memory\n' + '1000000\n'
    return None if result.status == 0 and result.out == expected else 'exit %s, %r, stderr %s' % (
        result.status, result.out, result.err[-300:])


def judge_stack_size(engine):
    """The option sets the limit, which is an ordinary error."""
    deep = '(define (f n) (if (= n 0) 0 (+ 1 (f (- n 1))))) (try (f 200000) (catch (e) (string-contains (error-message e) "%s")))'
    for size, answer in (('64M', '200000'), ('1M', '33')):
        result = command([CONSAIRC, 'eval', '--engine=' + engine, '--stack-size=' + size, deep % '1 MiB is full'])
        if result.status != 0 or result.out.split('\n')[-2:] != [answer, '']:
            return 'exit %s, %r, stderr %s' % (result.status, result.out, result.err[-300:])
    wrong = command([CONSAIRC, 'eval', '--stack-size=1Q', '1'])
    return None if wrong.status == 2 and 'expected a size' in wrong.err else 'exit %s, %r' % (wrong.status, wrong.err)


HUGE = '''(define (add . numbers) (apply + numbers))
(define (sum n) (add %(sums)s))
(define (numbers n) (list %(products)s))
(define (table n) (hash-map %(pairs)s))
(define (find n) (case n %(clauses)s))
(define (show n) %(calls)s)
(define (run n)
  (println (sum n) (reduce + 0 (numbers n)) (count (table n)) (find (* n 5000)) (show n)))
(run (length (command-line)))
(run (+ 1 (length (command-line))))
'''


def judge_huge(_):
    """Functions of tens of thousands of operands and clauses compile in time: LLVM's passes, all of them, take minutes."""
    parts = {'sums': (40000, '(+ n %d)'), 'products': (20000, '(* n %d)'), 'pairs': (10000, '%d n'), 'clauses': (10000, "((%d) 'c)"),
             'calls': (2000, '(if (= n %d) (cons n nil) (car (numbers n)))')}
    source = HUGE % {name: '\n'.join(text % i for i in range(count)) for name, (count, text) in parts.items()}
    with tempfile.TemporaryDirectory() as folder:
        path, program = os.path.join(folder, 'huge.lisp'), os.path.join(folder, 'huge')
        with open(path, 'w') as f:
            f.write(source)
        built = command(['sh', '-c', 'ulimit -t 60; exec "$@"', 'sh', CONSAIRC, 'build', path, '-o', program], timeout=TIMEOUT)
        result = command([program, 'a'], timeout=TIMEOUT) if built.status == 0 else built
    wanted = ''.join('%d %d 10000 %s 0\n' % (40000 * n + 799980000, 199990000 * n, 'c' if n < 2 else 'nil') for n in (1, 2))
    return None if result.status == 0 and result.out == wanted else 'exit %s, %r, stderr %s' % (
        result.status, result.out[:200], result.err[-300:])


def run(report):
    depth = 10000000 if common.FULL else 100000
    times = 1000 if common.FULL else 10
    growth = [(engine, 'cells', 100 * times, ['%d' % (100000 * times), '%d' % (1000000 * times)]) for engine in ENGINES]
    growth += [(engine, 'evaluations', 100 * times, [evaluations(100 * times), evaluations(1000 * times)]) for engine in ENGINES]
    for title, judge, jobs in (('depth', judge_depth, [(engine, depth) for engine in ENGINES]), ('growth', judge_growth, growth),
                               ('sieve', judge_sieve, ENGINES), ('long', judge_long, ENGINES), ('shortage', judge_shortage, ENGINES),
                               ('stack size', judge_stack_size, ENGINES[:2]), ('huge functions', judge_huge, ['build'])):
        for job, why in zip(jobs, parallel(judge, jobs)):
            report.check('bounds/%s %s' % (title, job if isinstance(job, str) else ' '.join(map(str, job[:2]))), why)


def evaluations(count):
    """What evaluations.lisp prints."""
    return str(sum(i + 4 + 14 + 33 for i in range(count)))
