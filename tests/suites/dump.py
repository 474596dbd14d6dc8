"""Golden dumps: tests/dump/PASS/NAME.lisp, Core after PASS must equal NAME.expected.  A line "; options: ..." gives further options,
such as passes to leave out."""
import os
import re

from .common import CONSAIRC, ROOT, command, lisp_files


def run(report):
    for path in lisp_files('tests/dump'):
        name = os.path.relpath(path, ROOT)
        pass_name = os.path.basename(os.path.dirname(path))
        folder = os.path.join(ROOT, 'tests', 'dump')
        with open(path, encoding='utf-8') as f:
            options = re.search(r'^; options: (.*)$', f.read(), re.MULTILINE)
        result = command([CONSAIRC, 'check', '--dump=' + pass_name, '--stop-after=' + pass_name]
                         + (options.group(1).split() if options else []) + [os.path.relpath(path, folder)], cwd=folder)
        if result.status != 0:
            report.fail(name, 'exit %s: %s' % (result.status, result.err[:500]))
            continue
        with open(path[:-len('.lisp')] + '.expected', encoding='utf-8') as f:
            want = f.read()
        report.check(name, None if result.err == want else 'got\n%s\nexpected\n%s' % (result.err, want))
