"""Examples in README.md, compiler/README.md and the man pages: what they show is what happens.

A fenced block that starts with "$ consairc ..." or "$ ./dev run ..." lines is a transcript: each command is run and its output
compared with the lines that follow it.  A block marked ```lisp is a program whose `; => value` comments are checked.
"""
import os
import re
import tempfile

from .common import CONSAIRC, ROOT, command

DOCUMENTS = ['README.md', 'compiler/README.md', 'build/man/consairc.1']


def blocks(text):
    """(language, [lines]) of each fenced block."""
    return [(language, body.split('\n')) for language, body in re.findall(r'^```(\w*)\n(.*?)\n```$', text, re.S | re.M)]


def run_transcript(lines, folder):
    """None or the first difference; `$ cat FILE` lines may create the files that commands use."""
    i = 0
    while i < len(lines):
        if not lines[i].startswith('$ '):
            return 'a transcript line without a command: %r' % lines[i]
        shown = lines[i][2:]
        expected = []
        i += 1
        while i < len(lines) and not lines[i].startswith('$ '):
            expected.append(lines[i])
            i += 1
        real = re.sub(r'\bconsairc\b', CONSAIRC, shown) if not shown.startswith('./dev') else shown
        result = command(['sh', '-c', real + ' 2>&1'], cwd=ROOT if shown.startswith('./dev') else folder)
        if shown.startswith('cat '):
            pass
        got = result.out.rstrip('\n').split('\n') if result.out else []
        if got != expected:
            return '%s\ngot      %r\nexpected %r' % (shown, got, expected)
    return None


def check_lisp(lines, folder):
    """A block of forms with `; => value` comments: their values, joined."""
    program, expected = [], []
    for line in lines:
        code, arrow, value = line.partition('; => ')
        if arrow:
            program.append('(show-value %s)' % code.strip())
            expected.append(value.strip())
        else:
            program.append(line)
    path = os.path.join(folder, 'doc.lisp')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('(defmacro show-value (e) `(println (list ,e)))\n' + '\n'.join(program))
    for engine in ('interp', 'jit'):
        result = command([CONSAIRC, 'run', '--engine=' + engine, path], cwd=folder)
        got = [line[1:-1] for line in result.out.split('\n') if line]
        if result.status != 0 or got != expected:
            return '%s: got %r, expected %r; %s' % (engine, got, expected, result.err[:300])
    return None


def run(report):
    for document in DOCUMENTS:
        path = os.path.join(ROOT, document)
        if not os.path.exists(path):
            report.fail('docs/' + document, 'is missing')
            continue
        with open(path, encoding='utf-8') as f:
            text = f.read()
        with tempfile.TemporaryDirectory() as folder:
            for number, (language, lines) in enumerate(blocks(text), 1):
                name = 'docs/%s block %d' % (document, number)
                if language == 'lisp':
                    report.check(name, check_lisp(lines, folder))
                elif language == 'console':
                    report.check(name, run_transcript(lines, folder))
        if document.endswith('.1'):
            result = command(['man', '--warnings', '-l', path], env={'LC_ALL': 'C.UTF-8', 'MANROFFSEQ': ''})
            for page in (path, path[:-1] + '7'):
                lint = command(['mandoc', '-T', 'lint', '-W', 'warning', page])
                report.check('mandoc ' + os.path.basename(page), None if lint.status == 0 else lint.out[:500])
            report.check('docs/' + document + ' renders', None if result.status == 0 and not result.err else result.err[:500])
