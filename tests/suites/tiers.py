"""Tiers: language tests that change from the interpreter to compiled code at the first call, the tenth, the hundredth."""
import os
import re
import resource
import subprocess
import tempfile

from . import common
from .common import CONSAIRC, ROOT, command, judge, lisp_files, parallel, run_program

ENGINES = ['tiers0-O0', 'tiers10-O0', 'tiers100']


def without_standard_input(report):
    """The file that the code comes in must not be taken for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'p.lisp')
        with open(path, 'w') as f:
            f.write('(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(println (fib 18))\n')
        p = subprocess.run(['/bin/sh', '-c', 'exec "$0" run --no-cache --tier-after=10 "$1" <&-', CONSAIRC, path],
                           capture_output=True, timeout=60)
        result = (p.returncode, p.stdout, p.stderr)
        report.check('tiers: standard input is closed', None if result == (0, b'2584\n', b'') else repr(result))


LOOPS = [
    ('do', '(println (do ((i 0 (+ i 1)) (s 0 (+ s 1))) ((= i %d) s)))\n'),
    ('a loop in a loop', '(println (do ((k 0 (+ k 1)) (s 0 (let f ((j 0)) (if (< j 1000) (f (+ j 1)) (+ s j))))) ((= s %d) s)))\n'),
]
TURNS = 10000000


def processor_time(words, text, turns):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'p.lisp'), 'w') as f:
            f.write(text % turns)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        result = command([CONSAIRC] + words, text % turns, cwd=folder, timeout=120)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, '%d\n' % turns in result.out


def leaves_interpreter(text):
    """Does a loop of one top-level form go on compiled, in a program and in a session?  Ten times as many turns then take less than five
    times as long."""
    seconds, good = processor_time(['run', '--engine=interp', 'p.lisp'], text, TURNS)
    for words in (['run', '--no-cache', 'p.lisp'], ['repl', '--jit']):
        longer, also_good = processor_time(words, text, 10 * TURNS)
        if not good or not also_good or longer > 5 * seconds:
            return '%s: %s, %.1f s; interpreted %.1f s' % (' '.join(words), also_good, longer, seconds)
    return None


def loading_many_functions():
    """Linking in memory takes a small part of the time that generating the code takes, however many functions there are."""
    count = 5000 # all of which may be called, for what is known of the operand: 21 - 1 has the prime factors of 5000, and 4
    text = ''.join('(define (f%d x) (if (< x 1) nil (cons x (f%d (- x 1)))))\n' % (i, (21 * i + 1) % count) for i in range(count))
    text += '(println (f0 (+ 3 (length (command-line)))))\n'
    result = command([CONSAIRC, 'run', '-O0', '--engine=jit', '--time-passes', '-'], text, timeout=300)
    seconds = {name: float(re.search('^%s +([0-9.]+)' % name, result.err, re.M).group(1)) for name in ('codegen', 'jit-load')}
    return None if result.out == '(3 2 1)\n' and seconds['jit-load'] < seconds['codegen'] / 3 else '%r %s' % (result.out, seconds)


def names_for_perf(words, text):
    """The file that `perf` looks into names the functions compiled in memory."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'p.lisp'), 'w') as f:
            f.write(text)
        p = subprocess.Popen([CONSAIRC] + words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        out = p.communicate(text.encode(), timeout=60)[0]
    path = '/tmp/perf-%d.map' % p.pid
    if not os.path.exists(path):
        return 'no file; output %r' % out
    with open(path) as f:
        lines = f.read()
    os.remove(path)
    return None if re.search(r'^[0-9a-f]+ [0-9a-f]+ lisp\.fib$', lines, re.M) and b'6765' in out else lines + repr(out)


def run(report):
    fib = '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(println (fib 20))\n'
    for words in (['run', '--engine=jit', '--perf-map', 'p.lisp'], ['run', '--tier-after=10', '--perf-map', 'p.lisp'],
                  ['repl', '--jit', '--tier-after=0', '--perf-map']):
        report.check('tiers: names for perf, ' + ' '.join(words), names_for_perf(words, fib))
    report.check('tiers: loading many functions', loading_many_functions())
    without_standard_input(report)
    paths = lisp_files('tests/lang')
    if getattr(common, 'FULL', False):
        jobs = [(p, e) for p in paths for e in ENGINES]
    else: # every sixth program, on the engines in turn
        jobs = [(p, ENGINES[i // 6 % 3]) for i, p in enumerate(paths) if i % 6 == 0]

    def one(job):
        path, engine = job
        with tempfile.TemporaryDirectory() as folder:
            return job, run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'})

    for (path, engine), result in parallel(one, jobs):
        report.check('%s [%s]' % (os.path.relpath(path, ROOT), engine), judge(path, result))
    for name, text in LOOPS:
        report.check('a long loop at top level: ' + name, leaves_interpreter(text))
