"""valgrind over a sample of executables: no error, nothing lost."""
import os
import tempfile

from . import common
from .common import CONSAIRC, ROOT, command, lisp_files, parallel

EVERY = 8  # each 8th language test, and the examples that end quickly
EXAMPLES = ['deriv.lisp', 'closures-macros.lisp', 'metacircular.lisp']
SKIPPED = ('million', 'runaway', 'deep', '/tail/', 'apply-many', 'shell', 'kill')  # minutes under valgrind, or other programs


def run(report):
    paths = [p for p in lisp_files('tests/lang') if not any(word in p for word in SKIPPED)]
    paths = paths if common.FULL else paths[::EVERY]
    paths += [os.path.join(ROOT, 'examples', name) for name in EXAMPLES]

    def one(path):
        with tempfile.TemporaryDirectory() as folder:
            exe = os.path.join(folder, 'program')
            built = command([CONSAIRC, 'build', path, '-o', exe])
            if built.status != 0:
                return None if 'expect error' in open(path, encoding='utf-8').read() else built.err[:300]
            result = command(['valgrind', '-q', '--error-exitcode=99', '--leak-check=full', '--show-leak-kinds=definite,indirect',
                              '--errors-for-leak-kinds=definite,indirect', exe], cwd=folder,
                             env={'CONSAIR_RT': 'leaks', 'CONSAIR_STACK': '64M'}, timeout=300)
            return None if result.status in (0, 1) else 'exit %s\n%s' % (result.status, result.err[-1500:])

    for path, why in zip(paths, parallel(one, paths)):
        report.check('valgrind/' + os.path.relpath(path, ROOT), why)
