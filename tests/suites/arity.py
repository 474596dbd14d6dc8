"""What the table of primitives says of operands: one too few and one too many of each builtin, called directly and by apply;
one of a type that is not accepted."""
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


SAMPLES = {'n': '1/2', 'i': '3', 'x': '1', 'c': "'(1)", 'v': '(vector 1 2 3)', 'f': 'car', 's': '"abc"', '.': '1'}


def refused():
    """Calls with one operand of a type that the table does not accept."""
    with open(os.path.join(ROOT, 'runtime', 'primitives.def'), encoding='utf-8') as f:
        found = re.findall(r'^PRIM\(\w+, "([^"]+)", \w+, \w+, (\d+), -?\d+, "\w*", "([\w.]+)"', f.read(), re.M)
    for name, least, letters in found:
        letters += letters[-1] * (int(least) - len(letters))
        for wrong in range(len(letters)):
            if letters[wrong] != '.':
                yield '(%s %s)' % (name, ' '.join("'wrong" if i == wrong else SAMPLES[letter] for i, letter in enumerate(letters)))


def check_refusals(report, calls):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'refused.lisp')
        with open(path, 'w', encoding='utf-8') as f:
            f.write('\n'.join(calls) + '\n')
        for engine in ENGINES:
            lines = run_program(engine, path, folder).out.split('\n')
            for call, line in zip(calls, lines):
                report.check('operand types %s [%s]' % (call, engine), None if line == 'refused' else line)
            report.check('operand types, all [%s]' % engine, None if len(lines) == len(calls) + 1 else '%d lines' % len(lines))


def run(report):
    check_refusals(report, ['(println (try (list %s "accepted") (catch (e) "refused")))' % call for call in refused()])
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
