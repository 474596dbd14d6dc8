#!/usr/bin/env python3
"""Compile time: a generated program of 2,000 functions on 10,000 lines, and its equals in C and OCaml.

usage: bench/compile_time.py [--functions=N] [--chain] [--keep=FOLDER]

Prints what it costs to build both with and without optimisation, in seconds of processor time and of the clock (consairc works on two
cores), and checks that the programs print the same.  The goals: at -O2 at most half the time of clang -O2 on the clock of a machine
with two free cores, at -O0 no slower than ocamlopt, if that is installed.  --chain: the program is a chain of functions with one call each,
which nothing may put into one huge function.
"""
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONSAIRC = os.path.join(ROOT, 'build', 'driver', 'consairc')

# Five lines each: a loop, tests, recursion, a list that is built and walked.  g and h are earlier functions.
LISP_FORMS = [
    '''(define (f{i} a b)
  (let loop ((i 0) (acc a))
    (if (< i {k})
        (loop (+ i 1) (remainder (+ (* acc {m}) i b) 1009))
        (+ acc (f{g} b i)))))''',
    '''(define (f{i} a b)
  (cond ((< a b) (f{g} (+ a {k}) b))
        ((= (remainder a {m}) 0) (- b a))
        ((> a 500) (remainder (+ (f{h} b a) {k}) 1009))
        (t (+ a (* b {m})))))''',
    '''(define (f{i} a b)
  (if (<= a 1)
      (remainder (+ b {k}) 1009)
      (f{i} (quotient a 2)
            (remainder (+ (* b {m}) (f{g} 0 a)) 1009))))''',
    '''(define (f{i} a b)
  (let build ((i 0) (xs nil))
    (if (< i {k}) (build (+ i 1) (cons (+ a i) xs))
        (let walk ((xs xs) (sum b))
          (if xs (walk (cdr xs) (remainder (+ sum (car xs)) 1009)) (+ sum (f{g} b 0)))))))''',
]
C_FORMS = [
    '''static long f{i}(long a, long b) {{
  long acc = a, i;
  for (i = 0; i < {k}; i++) acc = (acc * {m} + i + b) % 1009;
  return acc + f{g}(b, i);
}}''',
    '''static long f{i}(long a, long b) {{
  if (a < b) return f{g}(a + {k}, b);
  if (a % {m} == 0) return b - a;
  return a > 500 ? (f{h}(b, a) + {k}) % 1009 : a + b * {m};
}}''',
    '''static long f{i}(long a, long b) {{
  if (a <= 1) return (b + {k}) % 1009;
  long rest = (b * {m} + f{g}(0, a)) % 1009;
  return f{i}(a / 2, rest);
}}''',
    '''static long f{i}(long a, long b) {{
  struct pair *xs = 0; long sum = b;
  for (long i = 0; i < {k}; i++) xs = cons(a + i, xs);
  while (xs) {{ struct pair *p = xs; sum = (sum + p->car) % 1009; xs = p->cdr; free(p); }} return sum + f{g}(b, 0);
}}''',
]
OCAML_FORMS = [
    '''let f{i} a b =
  let rec loop i acc =
    if i < {k} then loop (i + 1) ((acc * {m} + i + b) mod 1009)
    else acc + f{g} b i in
  loop 0 a''',
    '''let f{i} a b =
  if a < b then f{g} (a + {k}) b
  else if a mod {m} = 0 then b - a
  else if a > 500 then (f{h} b a + {k}) mod 1009
  else a + b * {m}''',
    '''let rec f{i} a b =
  if a <= 1
  then (b + {k}) mod 1009
  else f{i} (a / 2)
            ((b * {m} + f{g} 0 a) mod 1009)''',
    '''let f{i} a b =
  let rec walk xs sum =
    match xs with x :: xs -> walk xs ((sum + x) mod 1009) | [] -> sum + f{g} b 0 in
  let rec build i xs = if i < {k} then build (i + 1) ((a + i) :: xs) else walk xs b in
  build 0 []''',
]
C_HEAD = '''#include <stdio.h>
#include <stdlib.h>
struct pair { long car; struct pair *cdr; };
static struct pair *cons(long car, struct pair *cdr) {
  struct pair *p = malloc(sizeof *p); if (!p) abort(); p->car = car; p->cdr = cdr; return p; }
'''


def programs(count, chain):
    choose = random.Random(1)
    lisp, c = ['(define (f0 a b) (remainder (+ a b) 1009))'], ['static long f0(long a, long b) { return (a + b) % 1009; }']
    ocaml = ['let f0 a b = (a + b) mod 1009']
    for i in range(1, count):
        g = i - 1 if chain else i // (2 + choose.randrange(3))
        form = i % 2 * 2 if chain else i % 4 # a chain has no tests that could end it early
        values = {'i': i, 'g': g, 'h': i // 3, 'k': choose.randrange(2, 9), 'm': choose.randrange(3, 30)}
        lisp.append(LISP_FORMS[form].format(**values))
        c.append(C_FORMS[form].format(**values))
        ocaml.append(OCAML_FORMS[form].format(**values))
    steps = [count - 1] if chain else range(count)
    lisp.append('(println (remainder (+ %s) 1009))' % ' '.join('(f%d %d 7)' % (i, i % 50) for i in steps))
    c.append('int main(void) { printf("%%ld\\n", (%s) %% 1009); return 0; }' % ' + '.join('f%d(%d, 7)' % (i, i % 50) for i in steps))
    # One sum of so many calls takes ocamlopt minutes.
    ocaml.append('let total = ref 0')
    ocaml += ['let () = total := !total + f%d %d 7' % (i, i % 50) for i in steps]
    ocaml.append('let () = Printf.printf "%d\\n" (!total mod 1009)')
    return '\n'.join(lisp) + '\n', C_HEAD + '\n'.join(c) + '\n', '\n'.join(ocaml) + '\n'


def builds(paths):
    """Name and command of each build."""
    lisp, c, ocaml = paths
    yield 'clang -O2', ['clang-19', '-w', '-O2', c]
    yield 'consairc -O2', [CONSAIRC, 'build', '-O2', lisp]
    yield 'clang -O0', ['clang-19', '-w', '-O0', c]
    yield 'consairc -O0', [CONSAIRC, 'build', '-O0', lisp]
    if shutil.which('ocamlopt'):
        yield 'ocamlopt', ['ocamlopt', ocaml]


def measure(arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(arguments, check=True)
    clock = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def main():
    count, chain, keep = 2000, False, None
    for word in sys.argv[1:]:
        if word.startswith('--functions='):
            count = int(word[len('--functions='):])
        elif word == '--chain':
            chain = True
        elif word.startswith('--keep='):
            keep = word[len('--keep='):]
        else:
            sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or scratch
        os.makedirs(folder, exist_ok=True)
        texts = programs(count, chain)
        paths = [os.path.join(folder, name) for name in ('many.lisp', 'many.c', 'many.ml')]
        for path, text in zip(paths, texts):
            with open(path, 'w', encoding='utf-8') as f:
                f.write(text)
        print('%d functions, %d lines' % (count, texts[0].count('\n')))
        print('%-16s %10s %10s' % ('', 'processor', 'clock'))
        outputs, clocks = set(), {}
        for name, command in builds(paths):
            program = os.path.join(folder, name.replace(' ', ''))
            processor, clocks[name] = measure(command + ['-o', program])
            print('%-16s %8.2f s %8.2f s' % (name, processor, clocks[name]), flush=True)
            outputs.add(subprocess.run([program], check=True, capture_output=True).stdout)
        for ours, other in (('consairc -O2', 'clang -O2'), ('consairc -O0', 'ocamlopt')):
            if other in clocks:
                print('%s takes %.2f of the clock time of %s' % (ours, clocks[ours] / clocks[other], other))
        if len(outputs) != 1:
            sys.exit('the programs print different results: %r' % sorted(outputs))


if __name__ == '__main__':
    main()
