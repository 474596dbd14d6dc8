"""Arity of every builtin, from the table of primitives: one operand too few and one too many, called directly and by apply."""
import os
import re
import tempfile

from .common import ROOT, run_program

ENGINES = ['interp', 'jit', 'aot']


def rows():
    """(name, fewest, most or -1) of each builtin that programs can name."""
    with open(os.path.join(ROOT, 'runtime', 'primitives.def'), encoding='utf-8') as f:
        table = f.read()
    found = re.findall(r'^PRIM\(\w+,\s*"([^"]+)",\s*\w+,\s*\w+,\s*(\d+),\s*(-?\d+),', table, re.M)
    found += re.findall(r'^PRIM_TAIL\(\w+,\s*"([^"]+)",\s*\w+,\s*(\d+),\s*(-?\d+),', table, re.M)
    return [(name, int(least), int(most)) for name, least, most in found]


def expected(name, least, most, count):
    if most < 0:
        wanted = 'at least %d argument%s' % (least, '' if least == 1 else 's')
    elif least == most:
        wanted = '%d argument%s' % (least, '' if least == 1 else 's')
    else:
        wanted = '%d to %d argument%s' % (least, most, '' if most == 1 else 's')
    return '%s: expected %s, got %d' % (name, wanted, count)


def run(report):
    program, messages = [], []
    for name, least, most in rows():
        counts = ([least - 1] if least > 0 else []) + ([most + 1] if most >= 0 else [])
        for count in counts:
            operands = ' '.join(['nil'] * count)
            for call in ('(%s %s)' % (name, operands), '(apply %s (list %s))' % (name, operands)):
                program.append('(println (try %s (catch (e) (error-message e))))' % call)
                messages.append((call, expected(name, least, most, count)))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'arity.lisp')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('\n'.join(program) + '\n')
        for engine in ENGINES:
            result = run_program(engine, path, folder, env={'CONSAIR_RT': 'leaks'})
            lines = result.out.split('\n')[:-1]
            if result.status != 0 or len(lines) != len(messages):
                report.fail('arity [%s]' % engine, 'exit %s, %d lines of %d: %s' % (
                    result.status, len(lines), len(messages), result.err[-300:]))
                continue
            for (call, want), got in zip(messages, lines):
                report.check('arity %s [%s]' % (call, engine), None if got == want else 'got %r, expected %r' % (got, want))
