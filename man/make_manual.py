#!/usr/bin/env python3
"""Completes the language manual: consairc.7.in, the table of primitives and the library's doc strings give consairc.7.

usage: make_manual.py OUTPUT CONSAIRC.7.IN PRIMITIVES.DEF FILE.LISP...

The lines that begin with @ are explained at the head of consairc.7.in.  A @function line that names nothing, or whose
operand count does not fit the table, is an error.  tests/suites/manual.py runs the examples.
"""
import os
import re
import sys

sys.dont_write_bytecode = True # the source folder stays as it is
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'compiler'))
import make_library

ROW = re.compile(r'^PRIM\(\w+, "(?P<name>[^"]+)", \w+, \w+, (?P<min>\d+), (?P<max>-?\d+), "\w*", "[\w.]*", \w+, \w+, '
                 r'"(?P<doc>.*)"\)')
TAIL_ROW = re.compile(r'^PRIM_TAIL\(\w+, "(?P<name>[^"]+)", \w+, (?P<min>\d+), (?P<max>-?\d+), "(?P<doc>.*)"\)')
ESCAPES = {'\\': '\\e', '-': '\\-', "'": '\\(aq', '`': '\\(ga', '~': '\\(ti', '^': '\\(ha'}


class Function:
    def __init__(self, usage, doc, least=None, most=None):
        self.usage, self.doc, self.least, self.most = usage, doc, least, most


def generated_usage(name, least, most):
    operands = ['x', 'y', 'z', 'u', 'v', 'w'][:least]
    optional = ['[%s]' % n for n in ['x', 'y', 'z', 'u', 'v', 'w'][least:most]] if most >= 0 else ['...']
    return '(%s)' % ' '.join([name] + operands + optional)


def read_functions(table, libraries):
    """{name: Function} of all that programs can name."""
    functions = {}
    with open(table, encoding='utf-8') as f:
        for line in f:
            row = ROW.match(line) or TAIL_ROW.match(line)
            if row:
                least, most = int(row['min']), int(row['max'])
                functions[row['name']] = Function(generated_usage(row['name'], least, most), row['doc'], least, most)
    for path in libraries:
        for name, usage, doc, _ in make_library.definitions(path):
            if doc:
                functions[name] = Function(usage, doc)
    return functions


def usage_counts(usage):
    """(least, greatest or -1) number of operands of "(name a [b] c ...)".  The operand before "..." may be missing."""
    operands = usage.strip('()').split()[1:]
    if '...' in operands:
        return 0, -1
    optional = sum(1 for operand in operands if operand.startswith('['))
    return len(operands) - optional, len(operands)


def check_usages(name, usages, function):
    if function.least is None:
        return
    counts = [usage_counts(usage) for usage in usages]
    most = -1 if any(count[1] < 0 for count in counts) else max(count[1] for count in counts)
    if most != function.most or (most >= 0 and min(count[0] for count in counts) != function.least):
        sys.exit('%s: the table says %d to %d operands, the manual %s' %
                 (name, function.least, function.most, ', '.join(usages)))


def escape(text):
    return ''.join(ESCAPES.get(c, c) for c in text)


def literal(text):
    text = escape(text)
    return '\\&' + text if text[:1] in ".'" else text


def quoted(text):
    return '"%s"' % escape(text).replace('"', '\\(dq')


class Manual:
    def __init__(self, functions):
        self.functions, self.lines, self.examples, self.named = functions, [], [], set()

    def flush_examples(self):
        if self.examples:
            self.lines += ['.Bd -literal -offset indent'] + self.examples + ['.Ed']
            self.examples = []

    def entry(self, usage):
        self.lines.append('.It Li %s' % quoted(usage))

    def function(self, text):
        usages = re.findall(r'\([^()]*\)', text)
        names = [re.match(r'\(([^\s()]+)', usage)[1] for usage in usages]
        for name in names:
            if name not in self.functions:
                sys.exit('the manual describes %s, which does not exist' % name)
            self.named.add(name)
        for name in set(names):
            check_usages(name, [u for u, n in zip(usages, names) if n == name], self.functions[name])
        self.entry(', '.join(usages))
        self.doc(names[0])

    def doc(self, name):
        for sentence in re.split(r'(?<=\.)\s+', self.functions[name].doc.replace('\\"', '"')):
            self.lines.append(literal(sentence))

    def others(self):
        for name in sorted(set(self.functions) - self.named):
            self.entry(self.functions[name].usage)
            self.doc(name)

    def add(self, line):
        word, _, rest = line.partition(' ')
        if word == '@example':
            self.examples.append(literal(rest))
            return
        self.flush_examples()
        if word == '@list':
            self.lines.append('.Bl -tag -width Ds')
        elif word == '@end':
            self.lines.append('.El')
        elif word == '@entry':
            self.entry(rest)
        elif word == '@function':
            self.function(rest)
        elif word == '@others':
            self.others()
        else:
            self.lines.append(line)


def main():
    output, source, table = sys.argv[1:4]
    manual = Manual(read_functions(table, sys.argv[4:]))
    with open(source, encoding='utf-8') as f:
        for line in f.read().splitlines():
            if not line.startswith('.\\"'):
                manual.add(line)
    with open(output, 'w', encoding='utf-8') as f:
        f.write('\n'.join(['.\\" Made by make_manual.py from consairc.7.in.'] + manual.lines) + '\n')


if __name__ == '__main__':
    main()
