"""Tiers: language tests that change from the interpreter to compiled code at the first call, the tenth, the hundredth."""
import os
import tempfile

from . import common
from .common import ROOT, judge, lisp_files, parallel, run_program

ENGINES = ['tiers0-O0', 'tiers10-O0', 'tiers100']


def run(report):
    paths = lisp_files('tests/lang')
    jobs = [(p, e) for p in paths for e in ENGINES] if getattr(common, 'FULL', False) else [(p, ENGINES[i // 3 % 3]) for i, p in enumerate(paths) if i % 3 == 0]

    def one(job):
        path, engine = job
        with tempfile.TemporaryDirectory() as folder:
            return job, run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'})

    for (path, engine), result in parallel(one, jobs):
        report.check('%s [%s]' % (os.path.relpath(path, ROOT), engine), judge(path, result))
