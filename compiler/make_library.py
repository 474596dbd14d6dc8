#!/usr/bin/env python3
"""Makes library_data.c from the library's sources: the texts, and a sorted index of their definitions.

usage: make_library.py OUTPUT FILE...

A definition is a form (define (name parameter ...) body ...) that begins in the first column.  One with a doc string
is part of the language; one without is a helper that programs do not see.  A comment line ";: USAGE" in front of a
definition says how it is called, where the parameter list does not show it.
"""
import os
import re
import sys

DEFINITION = re.compile(r'(?:^;: (?P<usage>.*)\n)?^(?P<form>\(define \((?P<name>[^\s()]+)(?P<parameters>[^()]*)\)'
                        r'(?:\s*"(?P<doc>[^"\\]*)"(?=\s*\())?)', re.M)


def c_string(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"'


def c_text(text):
    return '\n'.join('    ' + c_string(line) for line in text.splitlines(keepends=True))


def definitions(path):
    """[(name, usage, doc or None, byte offset)] of a file's definitions."""
    with open(path, encoding='utf-8') as f:
        text = f.read()
    found = []
    for match in DEFINITION.finditer(text):
        usage = match['usage'] or '(%s%s)' % (match['name'], match['parameters'])
        doc = match['doc'] and ' '.join(match['doc'].split())
        found.append((match['name'], usage, doc, len(text[:match.start('form')].encode())))
    if len(found) != len(re.findall(r'^\(', text, re.M)):
        sys.exit('%s: every form in the first column must be (define (name ...) ...)' % path)
    return found


def main():
    output, paths = sys.argv[1], sys.argv[2:]
    rows = []
    lines = ['/* Made by make_library.py. */', '#include "library.h"', '']
    for index, path in enumerate(paths):
        with open(path, encoding='utf-8') as f:
            lines.append('static const char text_%d[] =\n%s;' % (index, c_text(f.read())))
        rows += [(name, index, offset, usage, doc) for name, usage, doc, offset in definitions(path)]
    names = [row[0] for row in rows]
    if len(set(names)) != len(names):
        sys.exit('the library defines a name twice: %s' % ' '.join(sorted(n for n in set(names) if names.count(n) > 1)))
    rows.sort(key=lambda row: row[0].encode())
    lines.append('const LibraryFile library_files[] = {')
    for index, path in enumerate(paths):
        lines.append('    {"<stdlib>/%s", text_%d, sizeof text_%d - 1},' % (os.path.basename(path), index, index))
    lines += ['};', 'const int library_file_count = %d;' % len(paths), 'const LibraryFunction library_functions[] = {']
    for name, index, offset, usage, doc in rows:
        shown_doc = c_string(doc) if doc else 'NULL'
        lines.append('    {%s, %s, %s, %d, %d},' % (c_string(name), c_string(usage), shown_doc, index, offset))
    lines += ['};', 'const int library_function_count = %d;' % len(rows), '']
    with open(output, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines))


if __name__ == '__main__':
    main()
