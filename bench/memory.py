#!/usr/bin/env python3
"""Memory management against C's malloc, C with a pool, OCaml, Chez and SBCL: time and peak memory; writes bench/MEMORY.md.

usage: bench/memory.py [--rounds N] [NAME...]

The programs are those of bench/run.py that allocate, and three more: long and short lists, and short-lived garbage.  All programs of a
benchmark take turns and must print the same.  Seconds are processor time of whole processes, medians over the rounds.
"""
import argparse
import os
import sys
import tempfile

import measure
import peers

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ['lists-long', 'lists-short', 'bintrees', 'nqueens', 'rbtree', 'strings', 'hashmap', 'garbage']
ENGINES = {'consair': [peers.OURS], 'C malloc': ['clang'], 'C pool': ['clang-pool'], 'OCaml': ['ocaml'], 'Chez': ['chez'],
           'SBCL': ['sbcl-typed', 'sbcl']}


def build(name, folder):
    """{column: argv}: of several programs for one column the first that there is."""
    commands = {}
    for column, engines in ENGINES.items():
        engine = next((e for e in engines if peers.find_source(name, e)), None)
        if engine:
            commands[column] = peers.build_all(name, [engine], folder)[engine]
    return commands


def row(name, runs, cell):
    return '| %s | %s |' % (name, ' | '.join(cell(runs[c]) if c in runs else '-' for c in ENGINES))


def table(title, results, cell):
    lines = ['', title, '', '| | %s |' % ' | '.join(ENGINES), '|---|%s' % ('---:|' * len(ENGINES))]
    return lines + [row(name, runs, cell) for name, runs in results.items()]


def whole(results, rounds):
    lines = ['# Memory management', '',
             'Written by `bench/memory.py`: whole processes, medians of %d interleaved rounds.  C frees by hand; `strings` and `hashmap` of C' % rounds,
             'use arrays, not the persistent structures of the others.']
    lines += table('Processor time, seconds', results, lambda runs: '%.2f' % measure.median(runs, 'seconds'))
    lines += table('Peak memory, MiB', results, lambda runs: '%.1f' % (measure.median(runs, 'memory') / 2**20))
    return '\n'.join(lines) + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('names', nargs='*', metavar='NAME', help=', '.join(NAMES))
    parser.add_argument('--rounds', type=int, default=5, help='how often each program is run and counted (default: 5)')
    options = parser.parse_args()
    for name in options.names:
        if name not in NAMES:
            sys.exit("unknown benchmark '%s' (%s)" % (name, ' '.join(NAMES)))
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        launch = measure.build_launcher(folder)
        for name in options.names or NAMES:
            print(name, file=sys.stderr, flush=True)
            results[name] = measure.interleave(launch, build(name, folder), options.rounds, lambda text: None)
            if len({run.output for of in results[name].values() for run in of}) != 1:
                sys.exit('%s: the answers differ: %s' % (name, {c: of[0].output for c, of in results[name].items()}))
    text = whole(results, options.rounds)
    print(text)
    if not options.names:
        with open(os.path.join(HERE, 'MEMORY.md'), 'w', encoding='utf-8') as f:
            f.write(text)


if __name__ == '__main__':
    main()
