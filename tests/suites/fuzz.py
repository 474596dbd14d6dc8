"""2,000 random programs: all engines and levels and each pass left out must agree (tests/fuzz)."""
import os
import re

from .common import ROOT, command

SEEDS = 2000


def run(report):
    result = command(['python3', os.path.join(ROOT, 'tests', 'fuzz', 'run.py'), '--seeds', str(SEEDS)], timeout=3600)
    failures = re.findall(r'^seed .*(?:\n  .*)*', result.out, re.M)
    for failure in failures:
        report.fail('fuzz', failure)
    report.check('fuzz', None if result.status == 0 else 'exit %s: %s%s' % (result.status, result.out[-500:], result.err[-500:]))
