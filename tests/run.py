#!/usr/bin/env python3
"""Run every test of the project, or the suites named on the command line.

usage: tests/run.py [--full] [list | SUITE...]

--full: whole suites where otherwise a sample is run under valgrind, the sanitizers and the builds for tests.

Each suite is a module in tests/suites with a function run(report); its doc string's first line describes it.  It calls
report.ok(name) or report.fail(name, why).  The last line printed is "N passed, N failed".
"""
import importlib
import os
import signal
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, 'tests'))

SUITES = ['unit', 'oracle', 'lang', 'tiers', 'arity', 'dump', 'cli', 'build', 'executables', 'target', 'cross', 'modules', 'separate', 'foreign', 'embed', 'shared', 'outside', 'repl', 'cache', 'bad_input', 'examples', 'docs', 'manual', 'format', 'memory', 'nojit', 'sanitizer', 'speed', 'fuzz']


class Report:
    """Counts results and prints failures as they come."""

    def __init__(self):
        self.passed = self.failed = 0

    def ok(self, name):
        self.passed += 1

    def fail(self, name, why):
        self.failed += 1
        print('FAIL %s\n     %s' % (name, why.replace('\n', '\n     ')), flush=True)

    def check(self, name, why):
        """why: None when the test passed, else what went wrong."""
        if why is None:
            self.ok(name)
        else:
            self.fail(name, why)


# Of the memory management, with builds of their own.
SUITES += ['memory_builds', 'bounds']


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler) # a job in the background would hand on that it is ignored
    common = importlib.import_module('suites.common')
    common.FULL = '--full' in sys.argv[1:]
    names = [word for word in sys.argv[1:] if word != '--full'] or SUITES
    if names == ['list']:
        for name in SUITES:
            print('%-10s %s' % (name, importlib.import_module('suites.' + name).__doc__.splitlines()[0]))
        return 0
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print('no such suite: %s (%s)' % (' '.join(unknown), ' '.join(SUITES)), file=sys.stderr)
        return 2
    report = Report()
    for name in names:
        before, start = (report.passed, report.failed), time.time()
        print('== %s' % name, flush=True)
        try:
            importlib.import_module('suites.' + name).run(report)
        except Exception as error:  # a broken suite must not hide the others
            report.fail(name, 'the suite itself failed: %r' % error)
        print('   %d passed, %d failed, %.0f s' % (report.passed - before[0], report.failed - before[1],
                                                   time.time() - start), flush=True)
    print('%d passed, %d failed' % (report.passed, report.failed))
    return 1 if report.failed else 0


if __name__ == '__main__':
    sys.exit(main())
