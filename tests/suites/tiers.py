"""Tiers: language tests that change from the interpreter to compiled code at the first call, the tenth, the hundredth."""
import os
import subprocess
import tempfile

from . import common
from .common import CONSAIRC, ROOT, judge, lisp_files, parallel, run_program

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


def run(report):
    without_standard_input(report)
    paths = lisp_files('tests/lang')
    jobs = [(p, e) for p in paths for e in ENGINES] if getattr(common, 'FULL', False) else [(p, ENGINES[i // 3 % 3]) for i, p in enumerate(paths) if i % 3 == 0]

    def one(job):
        path, engine = job
        with tempfile.TemporaryDirectory() as folder:
            return job, run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'})

    for (path, engine), result in parallel(one, jobs):
        report.check('%s [%s]' % (os.path.relpath(path, ROOT), engine), judge(path, result))
