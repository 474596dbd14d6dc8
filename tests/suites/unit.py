"""Unit tests in C (Check): every executable of build/tests/unit."""
import os

from .common import BUILD, ROOT, command, parallel


def run(report):
    folder = os.path.join(BUILD, 'tests', 'unit')
    names = sorted(n for n in os.listdir(folder) if n.startswith('test_') and os.access(os.path.join(folder, n), os.X_OK)
                   and os.path.isfile(os.path.join(folder, n)))
    if not names:
        report.fail('unit', 'no unit test was built')
    results = parallel(lambda name: command([os.path.join(folder, name)], cwd=folder, timeout=600,
                                              env={'CK_TIMEOUT_MULTIPLIER': '10'}), names)
    for name, result in zip(names, results):
        report.check('unit/' + name, None if result.status == 0 else 'exit %s\n%s%s' % (
            result.status, result.out[-3000:], result.err[-1000:]))
