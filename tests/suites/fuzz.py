"""2,000 random programs: engines, levels and passes left out, in turn, must agree; libFuzzer on reader and front end (tests/fuzz)."""
import os
import re

from .common import ROOT, WORKERS, command

SEEDS = 2000  # in files of 40, each run in some ways (compare.py says which): four minutes of processor time; `./dev fuzz` takes more


def programs(report):
    options = ['--seeds', str(SEEDS), '--jobs', str(WORKERS)]
    result = command(['python3', os.path.join(ROOT, 'tests', 'fuzz', 'run.py')] + options, timeout=3600)
    for failure in re.findall(r'^seed .*(?:\n  .*)*', result.out, re.M):
        report.fail('fuzz', failure)
    report.check('fuzz/programs', None if result.status == 0 else 'exit %s: %s%s' % (result.status, result.out[-500:], result.err[-500:]))


def harnesses(report):
    result = command(['python3', os.path.join(ROOT, 'tests', 'fuzz', 'harnesses.py'), '--short'], timeout=3600)
    report.check('fuzz/harnesses', None if result.status == 0 else result.out + result.err)


def run(report):
    programs(report)
    harnesses(report)
