"""The language manual: it can be made, renders without warnings, and every example in it holds on all engines.

An example is a line "@example EXPR => VALUE" of man/consairc.7.in, where VALUE is the written form of the value or
"error: MESSAGE"; without the arrow it is a definition for those below.
"""
import glob
import os
import sys
import tempfile

from .common import ROOT, command, run_program

ENGINES = ['interp', 'jit', 'aot']
SOURCE = os.path.join(ROOT, 'man', 'consairc.7.in')


def examples():
    """[(line number, expression or definition, expected value, or None for a definition)]"""
    found = []
    with open(SOURCE, encoding='utf-8') as f:
        for number, line in enumerate(f, 1):
            if not line.startswith('@example '):
                continue
            code, arrow, value = line[len('@example '):].strip().rpartition(' => ')
            found.append((number, code if arrow else value, value if arrow else None))
    return found


def program_of(chosen):
    """A program that prints each example's value, in a list, on a line."""
    lines = []
    for _, code, value in chosen:
        if value is None:
            lines.append(code)
        elif value.startswith('error: '):
            lines.append('(println (list (try %s (catch (e) (error-message e)))))' % code)
        else:
            lines.append('(println (list %s))' % code)
    return '\n'.join(lines) + '\n'


def expected_line(value):
    return '("%s")' % value[len('error: '):] if value.startswith('error: ') else '(%s)' % value


def check_examples(report, name, chosen):
    wanted = [(number, code, value) for number, code, value in chosen if value is not None]
    for engine in ENGINES:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'manual.lisp')
            with open(path, 'w', encoding='utf-8') as f:
                f.write(program_of(chosen))
            result = run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'})
        lines = result.out.split('\n')
        for i, (number, code, value) in enumerate(wanted):
            got = lines[i] if i < len(lines) - 1 else 'nothing'
            want = expected_line(value)
            why = None if got == want else '%s\ngot      %s\nexpected %s' % (code, got, want)
            report.check('manual/%s %s line %d' % (engine, name, number), why)
        report.check('manual/%s %s ends well' % (engine, name), None if result.status == 0 else result.err[:500])


def check_page(report):
    libraries = sorted(glob.glob(os.path.join(ROOT, 'stdlib', '*.lisp')))
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, 'consairc.7')
        table = os.path.join(ROOT, 'runtime', 'primitives.def')
        script = os.path.join(ROOT, 'man', 'make_manual.py')
        made = command([sys.executable, '-B', script, page, SOURCE, table] + libraries)
        report.check('manual/is made', None if made.status == 0 else made.err[:500])
        if made.status != 0:
            return
        shown = command(['man', '--warnings', '-l', page], env={'LC_ALL': 'C.UTF-8', 'MANROFFSEQ': ''})
        report.check('manual/renders', None if shown.status == 0 and not shown.err else shown.err[:500])


def run(report):
    check_page(report)
    all_examples = examples()
    # In a program of their own: eval makes every global changeable.
    evaluating = [e for e in all_examples if '(eval ' in e[1]]
    check_examples(report, 'example', [e for e in all_examples if e not in evaluating])
    check_examples(report, 'eval', evaluating)
