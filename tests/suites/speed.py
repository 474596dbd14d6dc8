"""Instruction counts of the shortened benchmarks: none may grow by more than 5 % (bench/instructions.py).  The layout of consairc."""
import os
import sys
import tempfile

from .common import CONSAIRC, ROOT, parallel

sys.path[:0] = [os.path.join(ROOT, 'bench'), os.path.join(ROOT, 'compiler', 'layout')]
import instructions
import layout

MIB = 1 << 20


def test_layout(report):
    """What compiling small programs calls lies together: 16,000 functions of 65,000, in a third of the code."""
    share, size = layout.spread(os.path.join(ROOT, 'compiler', 'layout', 'order'), 'llvm-nm-19', CONSAIRC)
    report.check('layout: functions found', None if share > 0.9 else 'only %.0f %% (./dev layout)' % (100 * share))
    report.check('layout: together', None if size < 12 * MIB else 'spread over %.1f MiB' % (size / MIB))


def run(report):
    test_layout(report)
    stored = instructions.read_stored()
    with tempfile.TemporaryDirectory() as folder:
        counts = parallel(lambda name: instructions.count(name, folder), instructions.NAMES)
    for name, count in zip(instructions.NAMES, counts):
        report.check('instructions/' + name, instructions.compare(name, stored.get(name), count))
