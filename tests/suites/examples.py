"""The programs in examples/: output equal to NAME.expected on all engines, no live object at exit."""
import os
import tempfile

from .common import ROOT, lisp_files, parallel, run_program

ENGINES = ['interp', 'jit', 'aot']


def run(report):
    def one(job):
        path, engine = job
        with tempfile.TemporaryDirectory() as folder:
            return job, run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'}, timeout=120)

    # Those in folders are build steps, see the suite `build`.
    programs = [path for path in lisp_files('examples') if os.path.dirname(path) == os.path.join(ROOT, 'examples')]
    for (path, engine), result in parallel(one, [(p, e) for p in programs for e in ENGINES]):
        name = '%s [%s]' % (os.path.relpath(path, ROOT), engine)
        try:
            with open(path[:-len('.lisp')] + '.expected', encoding='utf-8') as f:
                want = f.read()
        except FileNotFoundError:
            report.fail(name, 'has no .expected file beside it')
            continue
        if result.status != 0:
            report.fail(name, 'exit %s: %s' % (result.status, result.err[:500]))
        else:
            report.check(name, None if result.out == want else 'output differs from the .expected file')
