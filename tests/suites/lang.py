"""Language tests: every tests/lang/**/*.lisp on all engines, same bytes, no live object at exit."""
import os
import tempfile

from .common import ROOT, judge, lisp_files, parallel, run_program

ENGINES = ['interp', 'jit', 'jit-O0', 'aot', 'aot-O0']


def run(report):
    jobs = [(path, engine) for path in lisp_files('tests/lang') for engine in ENGINES]

    def one(job):
        path, engine = job
        with tempfile.TemporaryDirectory() as folder:
            return job, run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'})

    errors = {}
    for (path, engine), result in parallel(one, jobs):
        name = '%s [%s]' % (os.path.relpath(path, ROOT), engine)
        report.check(name, judge(path, result))
        # The message a user sees is the same on every engine; which function meets the end of the stack is not.
        first = errors.setdefault(path, result.err)
        if result.err != first and 'recursion too deep' not in first:
            report.fail(name + ' stderr', 'differs from the interpreter:\n%s\n---\n%s' % (result.err[:300], first[:300]))
