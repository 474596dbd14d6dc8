"""Instruction counts of the shortened benchmarks: none may grow by more than 5 % (bench/instructions.py)."""
import os
import sys
import tempfile

from .common import ROOT, parallel

sys.path.insert(0, os.path.join(ROOT, 'bench'))
import instructions


def run(report):
    stored = instructions.read_stored()
    with tempfile.TemporaryDirectory() as folder:
        counts = parallel(lambda name: instructions.count(name, folder), instructions.SHORTENED)
    for name, count in zip(instructions.SHORTENED, counts):
        report.check('instructions/' + name, instructions.compare(name, stored.get(name), count))
