#!/usr/bin/env python3
"""Guards speed by instruction counts: executables (-O2) of shortened benchmarks, counted by valgrind, against bench/INSTRUCTIONS.
Compiling is one of them: consairc -O2 makes an object of a program of 40 functions.

usage: bench/instructions.py [--update] [NAME...]

Fails when a count is more than 5 % above the stored one.  Who makes a program slower on purpose, or faster, stores the new counts with
--update and commits the file.
"""
import os
import re
import subprocess
import sys
import tempfile

import compile_time

HERE = os.path.dirname(os.path.abspath(__file__))
CONSAIRC = os.path.join(os.path.dirname(HERE), 'build', 'driver', 'consairc')
STORED = os.path.join(HERE, 'INSTRUCTIONS')
TOLERANCE = 1.05
HEADING = """# Instructions that the shortened benchmarks execute (bench/instructions.py): name, count.
"""

# benchmark: what is replaced in its text, by what; each is found exactly once
SHORTENED = {
    'fib': [('(fib 40)', '(fib 23)')],
    'nqueens': [('(range 1 14)', '(range 1 8)')],
    'bintrees': [('(main 18)', '(main 9)')],
    'nbody': [('(run 3000000 ', '(run 2000 ')],
    'fannkuch': [('(fannkuch 10)', '(fannkuch 7)')],
    'matmul': [('(a (make-matrix 500))', '(a (make-matrix 40))'), ('(b (make-matrix 500))', '(b (make-matrix 40))')],
    'sieve': [('(- 10000000 k)', '(- 50000 k)')],
    'pipeline': [('(+ 1000000 k)', '(+ 1000 k)')],
    'pidigits': [('(digits 6000)', '(digits 300)')],
    'rbtree': [('((i 1000000 (- i 1))', '((i 3000 (- i 1))')],
    'strings': [('(+ 1000000 k)', '(+ 3000 k)')],
    'hashmap': [('(define size 1000000)', '(define size 3000)')],
}


def shortened(name):
    with open(os.path.join(HERE, name + '.lisp'), encoding='utf-8') as f:
        text = f.read()
    for old, new in SHORTENED[name]:
        if text.count(old) != 1:
            sys.exit('bench/%s.lisp: %r occurs %d times, not once: correct bench/instructions.py' % (name, old, text.count(old)))
        text = text.replace(old, new)
    return text


NAMES = list(SHORTENED) + ['compiling']


def count_run(command):
    """Instructions of one run of the command."""
    result = subprocess.run(['valgrind', '--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'] + command,
                            capture_output=True, text=True, check=True, env={'PATH': os.environ['PATH']})
    return int(re.search(r'I\s+refs:\s+([\d,]+)', result.stderr).group(1).replace(',', ''))


def count(name, folder):
    """Instructions of one of NAMES."""
    source, program = os.path.join(folder, name + '.lisp'), os.path.join(folder, name)
    is_compiling = name == 'compiling'
    with open(source, 'w', encoding='utf-8') as f:
        f.write(compile_time.programs(40, False)[0] if is_compiling else shortened(name))
    if is_compiling:
        return count_run([CONSAIRC, 'build', '-c', source, '-o', program])
    subprocess.run([CONSAIRC, 'build', source, '-o', program], check=True)
    return count_run([program])


def read_stored():
    """{name: count}; empty when there is no file yet."""
    if not os.path.exists(STORED):
        return {}
    with open(STORED, encoding='utf-8') as f:
        rows = [line.split() for line in f if line.strip() and not line.startswith('#')]
    return {name: int(number) for name, number in rows}


def write_stored(counts):
    with open(STORED, 'w', encoding='utf-8') as f:
        f.write(HEADING + ''.join('%-10s %12d\n' % item for item in sorted(counts.items())))


def compare(name, stored, new):
    """None, or why the count is not accepted."""
    if stored is None:
        return 'no count is stored for it: bench/instructions.py --update'
    if new > stored * TOLERANCE:
        return '%d instructions, %+.1f %% against the %d of bench/INSTRUCTIONS' % (new, 100 * (new / stored - 1), stored)
    return None


def main():
    arguments = sys.argv[1:]
    update = '--update' in arguments
    names = [name for name in arguments if name != '--update'] or NAMES
    stored, failures = read_stored(), 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            if name not in NAMES:
                sys.exit("unknown benchmark '%s'" % name)
            new = count(name, folder)
            change = '%+.1f %%' % (100 * (new / stored[name] - 1)) if name in stored else 'new'
            why = None if update else compare(name, stored.get(name), new)
            failures += why is not None
            print('%-10s %12d  %8s%s' % (name, new, change, '  FAIL' if why else ''), flush=True)
            if update:
                stored[name] = new
    if update:
        write_stored(stored)
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
