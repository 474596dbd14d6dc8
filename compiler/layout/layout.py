#!/usr/bin/env python3
"""Where functions lie in consairc: those that compiling a small program calls lie together.

LLVM has sixty thousand functions, a short program's compilation calls eight thousand of them, spread over 34 MB; most of its time went
into page faults, each of which maps 64 KiB of which little was wanted.  The file `order` lists the functions in the order of their first
calls, as hashes: their names would take a megabyte and a half.  A name that is gone or new costs nothing but its place.

usage: layout.py record CONSAIRC TRACER ORDER    run CONSAIRC on a few programs and write ORDER (./dev layout)
       layout.py names ORDER NM LINKER-ARGUMENTS...   print the names, for the linker's --symbol-ordering-file (the build)
"""
import os
import subprocess
import sys
import tempfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PER_LINE = 14
# What is to start soonest comes first.  {} is a folder for output.
RUNS = ['run --engine=interp examples/tour.lisp', 'run --engine=jit {}/one.lisp', 'run --engine=jit bench/fannkuch.lisp',
        'run --engine=jit bench/strings.lisp', 'run --engine=jit bench/matmul.lisp', 'run --engine=jit -O0 examples/json.lisp',
        'build -o {}/program examples/dijkstra.lisp']


def hash_of(name):
    return '%08x' % zlib.crc32(name.encode())


def record(consairc, tracer, order):
    hashes = {}
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'one.lisp'), 'w') as f:
            f.write('(println 1)\n')
        for run in RUNS:
            print('consairc', run, file=sys.stderr)
            traced = subprocess.run([tracer, consairc] + run.format(*[folder] * run.count('{}')).split(), cwd=ROOT, check=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for name in traced.stdout.split():
                hashes.setdefault(hash_of(name))
    hashes = list(hashes)
    with open(order, 'w') as f:
        for i in range(0, len(hashes), PER_LINE):
            f.write(' '.join(hashes[i:i + PER_LINE]) + '\n')
    print('%d functions' % len(hashes), file=sys.stderr)


def read(order):
    with open(order) as f:
        return f.read().split()


def archives(arguments):
    """The archives that a linker with these arguments reads."""
    folders = [a[2:] for a in arguments if a.startswith('-L')]
    for argument in arguments:
        if argument.endswith('.a') and not argument.startswith('-'):
            yield argument
        elif argument.startswith('-l') and not argument.startswith('-l:'):
            paths = [os.path.join(folder, 'lib%s.a' % argument[2:]) for folder in folders]
            yield from [path for path in paths if os.path.exists(path)][:1]


def names(order, nm, arguments):
    wanted = dict.fromkeys(read(order))
    symbols = subprocess.run([nm, '--defined-only', '--format=just-symbols', '--quiet'] + list(archives(arguments)), check=True,
                             stdout=subprocess.PIPE, text=True).stdout.split()
    for name in symbols:
        value = hash_of(name)
        if value in wanted:
            wanted[value] = name
    for name in wanted.values():
        if name:
            print(name)


def spread(order, nm, consairc):
    """How many of the functions of ORDER are in consairc's code, as a share; and the bytes that they span, less the odd twentieth."""
    wanted = set(read(order))
    symbols = subprocess.run([nm, '--numeric-sort', '--defined-only', consairc], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [(int(address, 16), hash_of(name)) for address, kind, name in map(str.split, symbols.splitlines()) if kind in 'tTwW']
    addresses = [address for address, value in found if value in wanted]
    odd = len(addresses) // 40
    return len({value for _, value in found} & wanted) / len(wanted), addresses[-1 - odd] - addresses[odd]


if __name__ == '__main__':
    if len(sys.argv) == 5 and sys.argv[1] == 'record':
        record(*sys.argv[2:])
    elif len(sys.argv) > 4 and sys.argv[1] == 'names':
        names(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        sys.exit(__doc__)
