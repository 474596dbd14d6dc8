"""Shape of the sources: length of files, no tab, no trailing blank, every primitive documented and tested."""
import os
import re

from .common import ROOT, command, lisp_files

LONGEST_FILE = 600
LONGEST_LINE = 140


def tracked(*patterns):
    """The files of the repository but for the peers' benchmarks, which are written as each language's users write."""
    result = command(['git', '-C', ROOT, 'ls-files', '--cached', '--others', '--exclude-standard'] + list(patterns))
    return [os.path.join(ROOT, name) for name in result.out.split('\n') if name and not name.startswith('bench/peers/')]


def sources(report):
    for path in tracked('*.c', '*.h', '*.cpp', '*.py', '*.lisp', '*.build', 'dev'):
        with open(path, encoding='utf-8', newline='') as f:
            lines = f.read().split('\n')
        why = None
        for number, line in enumerate(lines, 1):
            if path.endswith(('.c', '.h', '.cpp')) and ('\t' in line or len(line) > LONGEST_LINE):
                why = 'line %d: tab or more than %d columns' % (number, LONGEST_LINE)
            if line != line.rstrip() and not path.endswith('.lisp'):
                why = 'line %d: blank at the end' % number
        if len(lines) > LONGEST_FILE and not path.endswith(('.def', '.lisp')):
            why = '%d lines: would a newcomer find the way in it?' % len(lines)
        report.check('format/' + os.path.relpath(path, ROOT), why)


def formatter(report):
    """The one formatter of the C sources: ./dev format."""
    for path in tracked('*.c', '*.h', '*.cpp'):
        result = command(['clang-format-19', '--dry-run', '-Werror', path])
        report.check('clang-format/' + os.path.relpath(path, ROOT), None if result.status == 0 else 'run ./dev format')


def primitives(report):
    with open(os.path.join(ROOT, 'runtime', 'primitives.def'), encoding='utf-8') as f:
        table = f.read()
    rows = re.findall(r'^PRIM\((\w+), "([^"]+)".*"([^"]*)"\)', table, re.M)
    rows += re.findall(r'^PRIM_TAIL\((\w+), "([^"]+)".*"([^"]*)"\)', table, re.M)
    programs = '\n'.join(open(path, encoding='utf-8').read() for path in lisp_files('tests/lang'))
    for identifier, name, doc in rows:
        if not doc:
            report.fail('primitive ' + name, 'has no doc string')
        else:
            used = re.search(r"[\s(']%s[\s)]" % re.escape(name), programs)
            report.check('primitive ' + name, None if used else 'occurs in no language test')


def run(report):
    sources(report)
    formatter(report)
    primitives(report)
