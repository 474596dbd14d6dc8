#!/usr/bin/env python3
"""Run every test of the project, or the suites named on the command line.

usage: tests/run.py [--full] [list | SUITE...]

--full: whole suites where otherwise a sample is run under valgrind, the sanitizers and the builds for tests.

Several suites are run two at a time, each by a process of its own on half of the cores, since many wait for one program or one
compiler after the other; those of ALONE, which measure or type into terminals, come behind them.

Each suite is a module in tests/suites with a function run(report); its doc string's first line describes it.  It calls
report.ok(name) or report.fail(name, why).  The last line printed is "N passed, N failed".
"""
import concurrent.futures
import importlib
import os
import re
import signal
import subprocess
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


LONGEST = ['fuzz', 'sanitizer', 'lang', 'memory_builds', 'repl', 'memory', 'executables'] # begin first
ALONE = ['repl', 'bounds']


def run_suite(name, report):
    before, start = (report.passed, report.failed), time.time()
    print('== %s' % name, flush=True)
    try:
        importlib.import_module('suites.' + name).run(report)
    except Exception as error:  # a broken suite must not hide the others
        report.fail(name, 'the suite itself failed: %r' % error)
    print('   %d passed, %d failed, %.0f s' % (report.passed - before[0], report.failed - before[1], time.time() - start), flush=True)


def run_apart(name, full):
    """What a process of its own prints about the suite."""
    workers = max(1, (os.cpu_count() or 2) // 2)
    result = subprocess.run([sys.executable, os.path.abspath(__file__), name] + ['--full'] * full, stdout=subprocess.PIPE, text=True,
                            errors='replace', check=False, env=dict(os.environ, CONSAIR_WORKERS=str(workers)))
    return result.stdout


def run_pairs(names, report, full):
    first = [name for name in LONGEST if name in names]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        running = {pool.submit(run_apart, name, full): name for name in first + [name for name in names if name not in first]}
        for future in concurrent.futures.as_completed(running):
            *lines, last = future.result().rstrip('\n').split('\n')
            counts = re.fullmatch(r'(\d+) passed, (\d+) failed', last)
            print('\n'.join(lines), flush=True)
            if not counts:
                report.fail(running[future], 'the suite itself ended early: %s' % last)
                continue
            report.passed += int(counts.group(1))
            report.failed += int(counts.group(2))


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
    together = [name for name in names if name not in ALONE]
    if len(together) > 1:
        run_pairs(together, report, common.FULL)
        names = [name for name in names if name in ALONE]
    for name in names:
        run_suite(name, report)
    print('%d passed, %d failed' % (report.passed, report.failed))
    return 1 if report.failed else 0


if __name__ == '__main__':
    sys.exit(main())
